import assert from "node:assert/strict";
import fc from "fast-check";
import { decode } from "../../../lib/text/encoding/decode";
import { Judge, judge } from "../../../lib/text/encoding/judge";
import { samples } from "./samples";

const labelOf = (bytes: Uint8Array) => judge(bytes, "book.txt").label;
const french = "Où est le café ? “Par ici”, dit Zoë — près de l’hôtel.\n";

describe("judge", () => {
  for (const { encoding, text, bytes } of samples) {
    it(`finds ${encoding} in ${JSON.stringify(text.slice(0, 12))}…, and says that it is a guess`, () => {
      const { content, notices } = decode(bytes, "book.txt");
      assert.equal(content, text);
      const isGuess = encoding !== "iso-2022-jp"; // It has marks of its own.
      assert.equal(notices.length, isGuess ? 1 : 0);
      if (isGuess)
        assert.match(notices[0], /^book\.txt was read as \S+, a guess; name another by `encoding`$/);
    });
  }

  it("finds UTF-16 and UTF-32 without a byte order mark, also of scripts that are short of spaces", () => {
    for (const { text } of samples) {
      const little = Buffer.from(text, "utf16le");
      assert.equal(decode(little, "x").content, text);
      assert.equal(decode(Buffer.from(little).swap16(), "x").content, text);
      const wide = Buffer.from(
        Uint32Array.from(Array.from(text), (one) => one.codePointAt(0) as number).buffer,
      );
      assert.deepEqual([labelOf(wide), decode(wide, "x").content], ["utf-32le", text]);
      assert.deepEqual([labelOf(wide.swap32()), decode(wide, "x").content], ["utf-32be", text]);
    }
  });

  it("keeps to UTF-8 where some of it is damaged", () => {
    const good = Buffer.from(french.repeat(20));
    for (const foreign of [Buffer.from([0xff]), Buffer.from([0xe9]), Buffer.from([0x93, 0x20, 0xc3])])
      assert.equal(labelOf(Buffer.concat([good, foreign, good])), "utf-8");
    for (let end = good.length - 60; end < good.length; end++)
      assert.equal(labelOf(good.subarray(0, end)), "utf-8");
  });

  it("takes a text of which only some accents are Latin-1 for Latin-1", () => {
    assert.equal(
      labelOf(Buffer.from("Plain English words, and one café among them. ".repeat(50), "latin1")),
      "windows-1252",
    );
    assert.equal(labelOf(Buffer.from("Brontë, café", "latin1")), "windows-1252");
  });

  it("sees an accent that comes late", () => {
    const late = Buffer.concat([Buffer.from("Just plain words. ".repeat(20_000)), samples[0].bytes]);
    assert.equal(labelOf(late), "koi8-r");
  });

  it("believes the head of a book of Project Gutenberg before a guess, and UTF-8 before the head", () => {
    const head = (name: string) =>
      `The Project Gutenberg EBook of X\n\nCharacter set encoding: ${name}\n\n*** START OF THE PROJECT GUTENBERG EBOOK X ***\n\n`;
    const { bytes, text } = samples[1];
    assert.equal(labelOf(Buffer.concat([Buffer.from(head("ISO-8859-5")), bytes])), "iso-8859-5");
    for (const name of ["CP-1251", "Windows-1251", "Windows Code Page 1251", "ISO-646-US (US-ASCII)"])
      assert.deepEqual(labelOf(Buffer.concat([Buffer.from(head(name)), bytes])), "windows-1251", name);
    assert.equal(labelOf(Buffer.from(head("ISO-8859-1") + text)), "utf-8");
    assert.deepEqual(judge(Buffer.concat([Buffer.from(head("KOI8-R")), bytes]), "x").notices, []);
    const essay = Buffer.concat([Buffer.from("Character set encoding: KOI8-R\n"), bytes]);
    assert.equal(labelOf(essay), "windows-1251", "what is no such book has no such head");
  });

  it("believes a byte order mark before the user, and says so", () => {
    const marked = Buffer.from(`\ufeff${french}`);
    const { label, notices } = judge(marked, "x", "koi8-r");
    assert.deepEqual(
      [label, notices],
      ["utf-8", ["x begins with the mark of UTF-8 and was read so, not as KOI8-R"]],
    );
    assert.deepEqual(judge(marked, "x", "utf-8").notices, []);
  });

  it("tells a byte order mark from what does not follow it", () => {
    const mark = Buffer.from([0xff, 0xfe]);
    const plain = decode(
      Buffer.concat([mark, Buffer.from("These are words of one byte each, in plain ASCII.\n")]),
      "x",
    );
    assert.equal(plain.content, "These are words of one byte each, in plain ASCII.\n");
    assert.deepEqual(plain.notices, ["x begins with the mark of UTF-16LE, but holds something else"]);
    const swapped = decode(Buffer.concat([mark, Buffer.from(french, "utf16le").swap16()]), "x");
    assert.equal(swapped.content, french);
    assert.match(swapped.notices[0], /holds something else: it was read as UTF-16BE$/);
    const { content, notices } = decode(
      Buffer.concat([Buffer.from("\ufeff"), Buffer.from("café\n", "latin1")]),
      "x",
    );
    assert.deepEqual(
      [content, notices],
      ["caf\ufffd\n", ["1 place in x, in line 1, cannot be read as UTF-8 and became U+FFFD"]],
    );
  });

  it("judges alike however a file comes in pieces", () => {
    const piece = fc.oneof(
      fc.constantFrom(...samples.map(({ bytes }) => bytes.subarray(0, 40))),
      fc.constantFrom("plain words ", "Zoë — ", "\ufeff", "\0", "\u001b$B").map((text) => Buffer.from(text)),
      fc.string({ unit: "grapheme" }).map((text) => Buffer.from(text, "utf16le")),
      fc.uint8Array({ maxLength: 9 }),
    );
    const result = (run: () => unknown) => {
      try {
        return run();
      } catch (error) {
        return (error as Error).message;
      }
    };
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.nat(60)), (pieces, lengths) => {
        const bytes = Buffer.concat(pieces);
        const inPieces = () => {
          const judging = new Judge("x");
          let at = 0;
          for (const length of [...lengths, bytes.length]) judging.add(bytes.subarray(at, (at += length)));
          return judging.judged();
        };
        assert.deepEqual(
          result(inPieces),
          result(() => judge(bytes, "x")),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("refuses binary data, and keeps a text into which some NUL bytes strayed", () => {
    const text = "It was a fine day, and they all went out.\n".repeat(5);
    const stray = decode(Buffer.from(text.replace("fine", "fi\0ne")), "x");
    assert.deepEqual(stray, {
      content: text,
      notices: ["1 control character in x, U+0000 in line 1, was left out"],
    });
    const latin = decode(Buffer.from(`${text}Un café, un thé et un bébé.\0\n`, "latin1"), "x");
    assert.equal(latin.content, `${text}Un café, un thé et un bébé.\n`);
    const noise = Uint8Array.from(
      { length: 5000 },
      (_, index) => (Math.imul(index + 7, 2654435761) >>> 13) & 0xff,
    );
    for (const bytes of [[1, 0, 2, 0], [0x89, 0x50, 0, 0, 1], noise])
      assert.throws(() => decode(Uint8Array.from(bytes), "cat.png"), {
        message: /plain text in cat\.png, found binary data/,
        reason: "binary",
      });
  });

  it("keeps to UTF-8 where about as much of a text in Latin letters is Windows-1252", () => {
    const words = "It was a fine day, and they all went out to walk by the sea.\n".repeat(50);
    const pounds = Buffer.from("It cost \u00a32, or \u00a33.\n", "latin1");
    const mixed = Buffer.concat([Buffer.from(`${words}Zoé took her café in the fiancé's room.\n`), pounds]);
    const { content, notices } = decode(mixed, "x");
    assert.ok(content.includes("Zoé took her café") && content.endsWith("It cost \ufffd2, or \ufffd3.\n"));
    assert.match(notices.join(), /^2 places in x, the first in line 52, cannot be read as UTF-8/);
    assert.equal(labelOf(Buffer.from("À la carte, «NAÏ», dit-il. Où est l’été ?", "latin1")), "windows-1252");
  });
});
