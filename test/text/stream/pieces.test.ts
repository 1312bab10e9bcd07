import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { decode } from "../../../lib/text/encoding/decode";
import { readBook } from "../../../lib/text/sources/gutenberg/book";
import { inPieces, type InPiecesOptions } from "../../../lib/text/stream/pieces";
import { samples } from "../encoding/samples";
import { withFolder } from "../server";

async function joined(file: string, options: InPiecesOptions = {}) {
  const { title, author, pieces, notices } = await inPieces(file, options);
  let content = "";
  for await (const piece of pieces) content += piece;
  return { title, author, content, notices: notices() };
}

const book = (words: string) =>
  `The Project Gutenberg EBook of Emma, by Jane Austen\r\n\r\nTitle: Emma\r\n\r\nAuthor: Jane Austen\r\n\r\n` +
  `*** START OF THE PROJECT GUTENBERG EBOOK EMMA ***\r\n\r\n${words}\r\n\r\n*** END OF THE PROJECT GUTENBERG EBOOK EMMA ***\r\n`;

describe("inPieces", () => {
  const piece = fc.oneof(
    fc.constantFrom(...samples.map(({ bytes }) => bytes)),
    fc
      .constantFrom("Plain words.\r\n", "Zoë — “so”", "\ufeff", "e\u0301", "\u0007", "🐋")
      .map((text) => Buffer.from(text)),
    fc.constantFrom("\ufeff", "words, and words", "é").map((text) => Buffer.from(text, "utf16le")),
    fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
  );
  const bytes = fc
    .array(piece, { minLength: 1, maxLength: 8 })
    .map((all) => Buffer.concat([Buffer.from("A"), ...all]));
  const outcome = (result: Promise<unknown>) => result.catch((error: Error) => error.message);

  it("gives the same words and notices as a file read whole, packed or not, also where it is streamed", () =>
    withFolder(async (scratch) => {
      const file = path.join(scratch, "some.txt");
      await fc.assert(
        fc.asyncProperty(
          bytes,
          fc.boolean(),
          fc.constantFrom(undefined, "koi8-r"),
          async (content, isPacked, encoding) => {
            await writeFile(file, isPacked ? gzipSync(content) : content);
            const whole = await outcome(
              readBook(file, { encoding }).then(({ title, author, content, notices }) => ({
                title,
                author,
                content,
                notices,
              })),
            );
            assert.deepEqual(await outcome(joined(file, { encoding })), whole);
            const streamed = joined(file, { encoding, wholeAtMost: 7 });
            assert.deepEqual(await outcome(streamed), whole);
          },
        ),
        { numRuns: 150 },
      );
    }));

  it("takes off a licence, and keeps that of a text which is too long, whose head it reads all the same", () =>
    withFolder(async (scratch) => {
      const file = path.join(scratch, "emma.txt");
      await writeFile(file, book("Emma Woodhouse, handsome, clever, and rich."));
      const { content, notices } = await joined(file);
      assert.deepEqual([content, notices], ["Emma Woodhouse, handsome, clever, and rich.\n", []]);
      const long = await joined(file, { wholeAtMost: 100 });
      assert.equal(
        long.content,
        decode(Buffer.from(book("Emma Woodhouse, handsome, clever, and rich.")), file).content,
      );
      assert.deepEqual([long.title, long.author], ["Emma", "Jane Austen"]);
      assert.match(
        long.notices.join(),
        /^too long for Project Gutenberg's licence to be looked for; all of it was kept$/,
      );
    }));

  it("tells of damage at the end of a long text, and where it is", () =>
    withFolder(async (scratch) => {
      const file = path.join(scratch, "long.txt");
      const line = "Où est le café ?\n";
      const content = Buffer.concat([Buffer.from(line.repeat(100_000)), Buffer.from([0xff, 10])]);
      await writeFile(file, content);
      const { content: words, notices } = await joined(file, { wholeAtMost: 1000 });
      assert.equal(words, `${line.repeat(100_000)}\ufffd\n`);
      assert.deepEqual(notices, [
        `1 place in ${file}, in line 100001, cannot be read as UTF-8 and became U+FFFD`,
      ]);
    }));

  it("tells how far it is, and ends at its signal", () =>
    withFolder(async (scratch) => {
      const file = path.join(scratch, "long.txt");
      await writeFile(file, "Words and words. ".repeat(100_000));
      const told: number[] = [];
      await joined(file, { wholeAtMost: 1000, onRead: (bytes) => told.push(bytes) });
      assert.deepEqual(
        [...told].sort((one, other) => one - other),
        told,
      );
      assert.equal(told[told.length - 1], 1_700_000);
      await assert.rejects(joined(file, { signal: AbortSignal.abort() }), { name: "AbortError" });
    }));
});
