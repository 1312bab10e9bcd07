import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { NotFoundError, UnreachableError } from "../../../../lib/text/sources/fetch";
import { bookPaths, mirrorsOf, retrieve } from "../../../../lib/text/sources/gutenberg/mirrors";
import { files, type Handler, serve, withFolder, withServer } from "../../server";

const quick = { backOff: 1, timeout: 400, retries: 1 };

/** A server of which only the address is left. */
async function closedServer(): Promise<string> {
  const server = await serve(files({}));
  await server.close();
  return server.url;
}

describe("bookPaths", () => {
  it("names the generated file, and those of the old layout, which goes by all digits but the last", () => {
    assert.deepEqual(bookPaths(158), [
      "cache/epub/158/pg158.txt",
      "1/5/158/158-0.txt",
      "1/5/158/158-8.txt",
      "1/5/158/158.txt",
    ]);
    assert.equal(bookPaths(42671)[1], "4/2/6/7/42671/42671-0.txt");
  });

  it("puts books of one digit under 0", () => {
    assert.equal(bookPaths(9)[1], "0/9/9-0.txt");
    assert.equal(bookPaths(10)[1], "1/10/10-0.txt");
  });
});

describe("mirrorsOf", () => {
  const before = process.env.GUTENBERG_MIRROR;
  afterEach(() => {
    if (before === undefined) delete process.env.GUTENBERG_MIRROR;
    else process.env.GUTENBERG_MIRROR = before;
  });

  it("takes the options first, then the environment, then Project Gutenberg's own", () =>
    withFolder(async (scratch) => {
      process.env.GUTENBERG_MIRROR = `http://one.example/, ${scratch}\nhttps://two.example`;
      assert.deepEqual(await mirrorsOf({}), ["http://one.example", scratch, "https://two.example"]);
      assert.deepEqual(await mirrorsOf({ mirrors: ["http://three.example"] }), ["http://three.example"]);
      process.env.GUTENBERG_MIRROR = " ";
      assert.ok((await mirrorsOf({})).includes("https://www.gutenberg.org"));
    }));

  it("refuses what is neither an address nor a folder", async () => {
    const message = 'Expected a mirror to be an http(s) address or a folder, got "ftp://old.example"';
    await assert.rejects(mirrorsOf({ mirrors: ["ftp://old.example"] }), { message });
    await assert.rejects(mirrorsOf({ mirrors: ["/no/such/folder"] }), /got "\/no\/such\/folder"/);
  });
});

describe("retrieve", () => {
  it("takes the first of the paths that a mirror has", () =>
    withServer(files({ "/b": "second", "/c": "third" }), async (server, scratch) => {
      const file = path.join(scratch, "it");
      await retrieve("it", ["a", "b", "c"], file, { ...quick, mirrors: [server.url] });
      assert.equal(await readFile(file, "utf8"), "second");
      assert.deepEqual(server.requests, ["/a", "/b"]);
    }));

  it("copies from a mirror that is a folder", () =>
    withFolder(async (scratch) => {
      await mkdir(path.join(scratch, "mirror", "a"), { recursive: true });
      await writeFile(path.join(scratch, "mirror", "a", "b"), "words");
      const file = path.join(scratch, "cache", "it");
      await retrieve("it", ["a/a", "a/b"], file, { mirrors: [path.join(scratch, "mirror")] });
      assert.equal(await readFile(file, "utf8"), "words");
    }));

  const failures: [string, Handler][] = [
    ["is broken", (_request, response) => void response.writeHead(500).end()],
    ["lacks the file", (_request, response) => void response.writeHead(404).end()],
    ["shows web pages", (_request, response) => void response.end("<html>Log in</html>")],
  ];
  for (const [how, handler] of failures) {
    it(`goes on to the next mirror where one ${how}`, () =>
      withServer(handler, (bad) =>
        withServer(files({ "/a": "words" }), async (good, scratch) => {
          const file = path.join(scratch, "it");
          await retrieve("it", ["a"], file, { ...quick, mirrors: [bad.url, good.url] });
          assert.equal(await readFile(file, "utf8"), "words");
        }),
      ));
  }

  it("asks a mirror that did not answer no second time in calls that belong together", () =>
    withServer(files({ "/a": "words" }), async (good, scratch) => {
      const options = { ...quick, mirrors: [await closedServer(), good.url], unreachable: new Set<string>() };
      await retrieve("it", ["a"], path.join(scratch, "one"), options);
      assert.deepEqual([...options.unreachable], [options.mirrors[0]]);
      await retrieve("it", ["a"], path.join(scratch, "two"), options);
      await assert.rejects(
        retrieve("it", ["b"], path.join(scratch, "three"), options),
        /did not answer before/,
      );
    }));

  it("says that no mirror has it where all have answered", () =>
    withServer(files({}), async (server, scratch) => {
      const failed = retrieve("book 5", ["a", "b"], path.join(scratch, "it"), {
        ...quick,
        mirrors: [server.url, scratch],
      });
      await assert.rejects(failed, (error: Error) => {
        assert.ok(error instanceof NotFoundError);
        assert.equal(
          error.message,
          `No mirror has book 5 (${server.url}: not there; ${scratch}: not there). Check what was asked for, or name another mirror.`,
        );
        return true;
      });
    }));

  it("says how to go on where a mirror could not be reached", () =>
    withFolder(async (scratch) => {
      const failed = retrieve("book 5", ["a"], path.join(scratch, "it"), {
        ...quick,
        mirrors: [scratch, await closedServer()],
      });
      await assert.rejects(failed, (error: Error) => {
        assert.ok(error instanceof UnreachableError);
        assert.match(
          error.message,
          /^Could not get book 5 \(.*ECONNREFUSED.*\)\. Check the connection, or name a mirror .*GUTENBERG_MIRROR/,
        );
        return true;
      });
    }));
});
