import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { NotFoundError } from "../../../../lib/text/sources/fetch";
import { downloadBook, downloadBooks } from "../../../../lib/text/sources/gutenberg/download";
import { readBook } from "../../../../lib/text/sources/gutenberg/book";
import type { Progress } from "../../../../lib/base/progress";
import { realBooks } from "../../shared";
import { files, folder, withServer } from "../../server";

const quick = { backOff: 1, timeout: 1000, retries: 1 };

function bookFile(title: string): string {
  return `Title: ${title}\n\n*** START OF THE PROJECT GUTENBERG EBOOK ***\n\nIt began.\n\n*** END OF THE PROJECT GUTENBERG EBOOK ***\n`;
}

describe("downloadBook", () => {
  it("keeps a book in the cache as it came, and does not ask for it again", () =>
    withServer(files({ "/cache/epub/7/pg7.txt": bookFile("Seven") }), async (server, scratch) => {
      const options = { ...quick, mirrors: [server.url], cache: path.join(scratch, "cache") };
      const file = await downloadBook(7, options);
      assert.equal(file, path.join(scratch, "cache", "pg7.txt"));
      assert.equal(await readFile(file, "utf8"), bookFile("Seven"));
      await downloadBook(7, options);
      assert.equal(server.requests.length, 1);
    }));

  it("finds a book that a mirror has in Latin-1 only", () =>
    withServer(
      files({ "/1/5/158/158-8.txt": Buffer.from(bookFile("Café"), "latin1") }),
      async (server, scratch) => {
        const file = await downloadBook(158, { ...quick, mirrors: [server.url], cache: scratch });
        assert.equal((await readBook(file)).title, "Café");
      },
    ));

  it("refuses what is no number of a book", async () => {
    await assert.rejects(downloadBook(0), { message: "Expected the number of a book, as 1342, got 0" });
    await assert.rejects(downloadBook("emma" as unknown as number), /got emma/);
  });
});

describe("downloadBooks", () => {
  it("brings several books in their order, and tells how many are there", () =>
    withServer(
      files({
        "/cache/epub/1/pg1.txt": bookFile("One"),
        "/0/2/2.txt": bookFile("Two"),
        "/0/3/3-0.txt": bookFile("Three"),
      }),
      async (server, scratch) => {
        const reports: Progress[] = [];
        const onProgress = (progress: Progress) => reports.push(progress);
        const paths = await downloadBooks([3, 1, 2], {
          ...quick,
          mirrors: [server.url],
          cache: scratch,
          onProgress,
        });
        assert.deepEqual(
          paths.map((file) => path.basename(file)),
          ["pg3.txt", "pg1.txt", "pg2.txt"],
        );
        const books = reports.filter(({ unit }) => unit === "books");
        assert.deepEqual(
          books.map(({ done, total }) => [done, total]),
          [
            [1, 3],
            [2, 3],
            [3, 3],
          ],
        );
        assert.ok(reports.some(({ label, unit }) => label === "Book 2" && unit === "bytes"));
      },
    ));

  it("keeps the books that came where another did not, and names that one", () =>
    withServer(files({ "/cache/epub/1/pg1.txt": bookFile("One") }), async (server, scratch) => {
      const failed = downloadBooks([99, 1], { ...quick, mirrors: [server.url], cache: scratch });
      await assert.rejects(
        failed,
        (error) => error instanceof NotFoundError && /No mirror has book 99/.test(error.message),
      );
      assert.deepEqual(await readdir(scratch), ["pg1.txt"]);
    }));

  it("brings real novels from a mirror", async function () {
    const mirror = realBooks(this);
    await withServer(folder(mirror), async (server, scratch) => {
      const ids = [42671, 768, 144, 158];
      const paths = await downloadBooks(ids, { ...quick, mirrors: [server.url], cache: scratch });
      for (const [index, id] of ids.entries()) {
        const served = await readFile(path.join(mirror, "cache", "epub", String(id), `pg${id}.txt`));
        assert.ok(served.equals(await readFile(paths[index])));
      }
    });
  });
});
