import assert from "node:assert/strict";
import { truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { decode, normalise, readText } from "../../../lib/text/encoding/decode";
import { withFolder } from "../server";

describe("decode", () => {
  it("reads UTF-8, with and without a byte order mark", () => {
    assert.equal(decode(Buffer.from("naïve – ‘sea’ 🐋"), "x").content, "naïve – ‘sea’ 🐋");
    assert.equal(decode(Buffer.from("\ufeffnaïve"), "x").content, "naïve");
  });

  it("reads Latin-1 where the bytes are no UTF-8", () => {
    assert.equal(decode(Buffer.from("Brontë, café", "latin1"), "x").content, "Brontë, café");
  });

  it("reads UTF-16 with a byte order mark, in both orders", () => {
    const little = Buffer.from("\ufeffsea", "utf16le");
    assert.equal(decode(little, "x").content, "sea");
    assert.equal(decode(Buffer.from(little).swap16(), "x").content, "sea");
  });

  it("reads what is gzipped", () => {
    assert.equal(decode(gzipSync("whale"), "x").content, "whale");
  });

  it("names the file of which the end is missing", () => {
    assert.throws(
      () => decode(gzipSync("whale").subarray(0, -9), "book.txt.gz"),
      /^Error: Could not unzip book\.txt\.gz: /,
    );
  });

  it("refuses binary data by the name of the file", () => {
    assert.throws(
      () => decode(Buffer.from([1, 0, 2, 0]), "cat.png"),
      /plain text in cat\.png, found binary data/,
    );
  });
});

describe("normalise", () => {
  it("ends every line with a line feed, whatever ended it", () => {
    assert.equal(normalise("a\r\nb\rc\nd"), "a\nb\nc\nd");
    assert.equal(normalise("a\vb\r\r\nc\r\rd\f\fe \f\nf\f"), "a\nb\nc\n\nd\ne \nf");
  });

  it("drops control characters, and keeps tabs", () => {
    assert.equal(normalise("a\u0002b\tc\n\fd\ufeff"), "ab\tc\nd");
  });

  it("replaces half a surrogate pair, and keeps whole ones", () => {
    assert.equal(normalise("\ud83d🐋\udc0b"), "\ufffd🐋\ufffd");
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        assert.equal(normalise(normalise(text)), normalise(text));
      }),
    );
  });
});

describe("letters with marks", () => {
  it("are put together however far behind another letter of their kind they stand", () => {
    for (let far = 4090; far < 4100; far++) {
      const [apart, words] = ["e\u0301", `π${"x".repeat(far)}`];
      assert.equal(normalise(words + apart), `${words}é`);
      assert.equal(normalise(`${words}\u{11099}\u{110ba}`), `${words}\u{1109a}`);
    }
  });

  it("are put together in a time that does not grow with the square of the marks", () => {
    const marks = "\u0301".repeat(200_000);
    assert.equal(decode(Buffer.from(`e${marks}`), "x").content, `é${marks.slice(1)}`);
  });
});

describe("readText", () => {
  it("says of a file that no string can hold how to read it, before it is read", () =>
    withFolder(async (scratch) => {
      for (const [name, words] of [
        ["utf-8", Buffer.from("It was a fine day, and they all went out. ".repeat(2000))],
        ["latin-1", Buffer.from("It was a finé day, and they all went out. ".repeat(2000), "latin1")],
      ] as const) {
        const file = path.join(scratch, `${name}.txt`);
        await writeFile(file, words);
        await truncate(file, 600_000_000); // The rest takes no room.
        await assert.rejects(readText(file), (error: Error) => {
          assert.ok(
            error.message.includes(file) && error.message.includes("600,000,000 bytes"),
            error.message,
          );
          return /StreamedLibrary.*--stream/.test(error.message);
        });
      }
    }));

  it("says that a folder is none, and names a file that may not be read", () =>
    withFolder(async (scratch) => {
      await assert.rejects(readText(scratch), { message: `Expected a text in ${scratch}, found a folder` });
    }));

  it("says which files there are where one is missing, those of a like name first", () =>
    withFolder(async (scratch) => {
      const wanted = path.join(scratch, "mine.txt");
      for (const name of ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt", "Mine.txt.docx", ".hidden", "z.txt"])
        await writeFile(path.join(scratch, name), "x");
      await assert.rejects(readText(wanted), {
        message: `Expected a text in ${wanted}, found no such file. In the folder ${scratch} there are Mine.txt.docx, a.txt, b.txt, c.txt, d.txt, e.txt and 1 more`,
      });
    }));

  it("says so where a file is missing, or empty", () =>
    withFolder(async (scratch) => {
      const file = path.join(scratch, "book.txt");
      await assert.rejects(readText(file), { message: `Expected a text in ${file}, found no such file` });
      await writeFile(file, "");
      await assert.rejects(readText(file), { message: `Expected a text in ${file}, found an empty file` });
      await writeFile(file, " \r\n");
      await assert.rejects(readText(file), {
        message: `Expected a text in ${file}, found nothing but white space`,
      });
    }));
});
