import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { download, DownloadError, NotFoundError, UnreachableError } from "../../../lib/text/sources/fetch";
import type { Progress } from "../../../lib/base/progress";
import { files, serve, withFolder, withServer } from "../server";

const quick = { backOff: 1, timeout: 400 };
const BOOK = "It was a bright cold day.\n".repeat(20_000);

describe("download", () => {
  it("stores the bytes that the server sent, in a folder that it makes", () =>
    withServer(files({ "/book.txt": BOOK }), async (server, scratch) => {
      const file = path.join(scratch, "new", "book.txt");
      await download(`${server.url}/book.txt`, file, quick);
      assert.equal(await readFile(file, "utf8"), BOOK);
      assert.deepEqual(await readdir(path.dirname(file)), ["book.txt"]);
    }));

  it("tells how many bytes have come, and at the end that all have", () =>
    withServer(files({ "/book.txt": BOOK }), async (server, scratch) => {
      const reports: Progress[] = [];
      const onProgress = (progress: Progress) => reports.push(progress);
      await download(`${server.url}/book.txt`, path.join(scratch, "b"), {
        ...quick,
        label: "Book",
        onProgress,
      });
      assert.ok(
        reports.every(
          ({ label, unit, total }) => label === "Book" && unit === "bytes" && total === BOOK.length,
        ),
      );
      assert.equal(reports[reports.length - 1].done, BOOK.length);
    }));

  it("names the project as the one who asks", () =>
    withServer(
      (request, response) => void response.end(request.headers["user-agent"]),
      async (server, scratch) => {
        await download(server.url, path.join(scratch, "agent"), quick);
        assert.match(await readFile(path.join(scratch, "agent"), "utf8"), /^palimpsest\//);
      },
    ));

  it("tries again after an error of the server", () => {
    let failures = 2;
    return withServer(
      (_request, response) => void (failures-- > 0 ? response.writeHead(500).end() : response.end(BOOK)),
      async (server, scratch) => {
        await download(server.url, path.join(scratch, "book"), quick);
        assert.equal(server.requests.length, 3);
        assert.equal(await readFile(path.join(scratch, "book"), "utf8"), BOOK);
      },
    );
  });

  it("says which address failed and how, once it has given up", () =>
    withServer(
      (_request, response) => void response.writeHead(503).end("busy"),
      async (server, scratch) => {
        const failed = download(`${server.url}/book`, path.join(scratch, "book"), { ...quick, retries: 1 });
        await assert.rejects(failed, (error: Error) => {
          assert.ok(error instanceof UnreachableError);
          assert.equal(
            error.message,
            `${server.url}/book answered 503 Service Unavailable. Try again later.`,
          );
          return true;
        });
        assert.equal(server.requests.length, 2);
        assert.deepEqual(await readdir(scratch), []);
      },
    ));

  it("comes back when a busy server said it should, not before", () => {
    let free = 0;
    return withServer(
      (_request, response) => {
        if (free === 0) free = Date.now() + 900;
        if (Date.now() < free) response.writeHead(429, { "retry-after": "1" }).end();
        else response.end(BOOK);
      },
      async (server, scratch) => {
        await download(server.url, path.join(scratch, "book"), { ...quick, retries: 1 });
        assert.equal(server.requests.length, 2);
      },
    );
  });

  it("does not wait where a server asks for more than two minutes", () =>
    withServer(
      (_request, response) => void response.writeHead(429, { "retry-after": "3600" }).end(),
      async (server, scratch) => {
        await assert.rejects(download(server.url, path.join(scratch, "book"), quick), /come back in 3600 s/);
        assert.equal(server.requests.length, 1);
      },
    ));

  it("asks once for what is not there", () =>
    withServer(files({}), async (server, scratch) => {
      await assert.rejects(download(`${server.url}/no.txt`, path.join(scratch, "no"), quick), NotFoundError);
      assert.equal(server.requests.length, 1);
      assert.deepEqual(await readdir(scratch), []);
    }));

  for (const [how, head] of [
    ["that says so", { "content-type": "text/html; charset=utf-8" }],
    ["that says it is plain text", { "content-type": "text/plain" }],
  ] as const) {
    it(`does not take a web page for a text, one ${how}`, () =>
      withServer(
        (_request, response) =>
          void response.writeHead(200, head).end("\n<!DOCTYPE html><title>Sorry</title>"),
        async (server, scratch) => {
          const failed = download(server.url, path.join(scratch, "page"), quick);
          await assert.rejects(
            failed,
            (error) => error instanceof DownloadError && /is a web page/.test(error.message),
          );
          assert.equal(server.requests.length, 1);
          assert.deepEqual(await readdir(scratch), []);
        },
      ));
  }

  it("does not take nothing for a text", () =>
    withServer(
      (_request, response) => void response.end(),
      async (server, scratch) => {
        await assert.rejects(download(server.url, path.join(scratch, "none"), quick), /empty file/);
        assert.deepEqual(await readdir(scratch), []);
      },
    ));

  it("begins anew where the connection breaks in the middle, and stores the whole", () => {
    let breaks = 1;
    return withServer(
      (_request, response) => {
        response.writeHead(200, { "content-length": BOOK.length });
        if (breaks-- > 0) response.write(BOOK.slice(0, 100_000), () => response.destroy());
        else response.end(BOOK);
      },
      async (server, scratch) => {
        await download(server.url, path.join(scratch, "book"), quick);
        assert.equal(await readFile(path.join(scratch, "book"), "utf8"), BOOK);
      },
    );
  });

  for (const [how, head] of [
    ["whose length was told", { "content-length": BOOK.length }],
    ["whose length was not told", {}],
  ] as const) {
    it(`stores nothing of a file that always breaks off, one ${how}`, () =>
      withServer(
        (_request, response) => {
          response.writeHead(200, head);
          response.write(BOOK.slice(0, 100_000), () => response.destroy());
        },
        async (server, scratch) => {
          const failed = download(server.url, path.join(scratch, "book"), { ...quick, retries: 1 });
          await assert.rejects(
            failed,
            (error) => error instanceof UnreachableError && /broke off/.test(error.message),
          );
          assert.deepEqual(await readdir(scratch), []);
        },
      ));
  }

  it("gives up a server that is silent from the start", () =>
    withServer(
      () => undefined,
      async (server, scratch) => {
        const failed = download(server.url, path.join(scratch, "book"), quick);
        await assert.rejects(
          failed,
          (error) => error instanceof UnreachableError && /silent for 0.4 s/.test(error.message),
        );
        assert.equal(server.requests.length, 1);
      },
    ));

  it("gives up a server that falls silent in the middle", () =>
    withServer(
      (_request, response) => void response.write("Once upon a time"),
      async (server, scratch) => {
        const failed = download(server.url, path.join(scratch, "book"), { ...quick, retries: 0 });
        await assert.rejects(failed, /broke off after 16 bytes \(silent for 0.4 s\)/);
        assert.deepEqual(await readdir(scratch), []);
      },
    ));

  it("waits for a slow server as long as something comes", () =>
    withServer(
      (_request, response) => {
        let sent = 0;
        const timer = setInterval(() => {
          response.write("word ");
          if (++sent === 8) response.end(() => clearInterval(timer));
        }, 100);
      },
      async (server, scratch) => {
        await download(server.url, path.join(scratch, "slow"), quick);
        assert.equal(await readFile(path.join(scratch, "slow"), "utf8"), "word ".repeat(8));
      },
    ));

  it("says that nobody answers, and what to do", () =>
    withFolder(async (scratch) => {
      const server = await serve(files({}));
      await server.close();
      await assert.rejects(download(server.url, path.join(scratch, "book"), quick), (error) => {
        assert.ok(error instanceof UnreachableError);
        assert.match(error.message, /^Could not reach http:.*ECONNREFUSED.*Check the connection/);
        return true;
      });
    }));

  it("leaves the file of an earlier time where a new one cannot be had", () =>
    withServer(files({}), async (server, scratch) => {
      await writeFile(path.join(scratch, "book"), "old");
      await assert.rejects(download(`${server.url}/book`, path.join(scratch, "book"), quick));
      assert.equal(await readFile(path.join(scratch, "book"), "utf8"), "old");
    }));

  it("lets a host rest between two requests", () => {
    let busyUntil = 0;
    return withServer(
      (_request, response) => {
        response.writeHead(Date.now() < busyUntil ? 503 : 200).end(BOOK);
        busyUntil = Date.now() + 100;
      },
      async (server, scratch) => {
        const options = { ...quick, retries: 0, gap: 200 };
        await Promise.all(
          ["a", "b", "c"].map((name) => download(server.url, path.join(scratch, name), options)),
        );
        assert.equal(server.requests.length, 3);
      },
    );
  });

  it("does not take a full or closed disk for a broken connection", () =>
    withServer(files({ "/book.txt": BOOK }), async (server, scratch) => {
      await writeFile(path.join(scratch, "file"), "");
      const failed = download(`${server.url}/book.txt`, path.join(scratch, "file", "book.txt"), quick);
      await assert.rejects(failed, (error) => !(error instanceof DownloadError));
    }));
});
