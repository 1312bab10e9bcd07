import assert from "node:assert/strict";
import fc from "fast-check";
import { decode, normalise } from "../../../lib/text/encoding/decode";
import { judge } from "../../../lib/text/encoding/judge";
import { TextReader } from "../../../lib/text/encoding/reader";
import { samples } from "./samples";

const read = (bytes: Uint8Array, encoding?: string) => decode(bytes, "x", { encoding });

describe("TextReader", () => {
  it("reads the same, with the same notices, however the bytes come in pieces", () => {
    const labels = [
      "utf-8",
      "utf-16le",
      "utf-16be",
      "utf-32le",
      "shift_jis",
      "gb18030",
      "euc-jp",
      "big5",
      "windows-1252",
      "macintosh",
    ];
    const piece = fc.oneof(
      fc
        .constantFrom(
          "e",
          "\u0301",
          "\r",
          "\n",
          "가",
          "\u11a8",
          "🐋",
          "\ud83d",
          "\ufeff",
          "\u0007",
          "が",
          "か\u3099",
          "—",
          "ａ",
        )
        .map((text) => Buffer.from(text)),
      fc.constantFrom("a\r\n", "e\u0301", "🐋", "\ufffd").map((text) => Buffer.from(text, "utf16le")),
      fc.constantFrom(...samples.map(({ bytes }) => bytes.subarray(0, 21))),
      fc.uint8Array({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...labels),
        fc.array(piece, { maxLength: 20 }),
        fc.array(fc.nat(9)),
        fc.boolean(),
        (label, pieces, lengths, asItStands) => {
          const bytes = Buffer.concat(pieces);
          const readBy = (cuts: readonly number[]) => {
            const reader = new TextReader({ label, mark: 0, notices: [] }, { name: "x", asItStands });
            let text = "";
            let at = 0;
            for (const length of cuts) text += reader.read(bytes.subarray(at, (at += length)));
            return [text + reader.read(bytes.subarray(at)) + reader.read(), reader.notices()];
          };
          assert.deepEqual(readBy(lengths), readBy([]));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("makes one U+FFFD of what one is recommended for, as TextDecoder does", () => {
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.uint8Array({ maxLength: 4 }),
            fc.constantFrom("é", "—", "🐋", "a").map((text) => new TextEncoder().encode(text).subarray(0, 3)),
          ),
          { maxLength: 12 },
        ),
        (pieces) => {
          const bytes = Uint8Array.from(pieces.flatMap((one) => [...one]));
          const reader = new TextReader(
            { label: "utf-8", mark: 0, notices: [] },
            { name: "x", asItStands: true },
          );
          assert.equal(reader.read(bytes) + reader.read(), decoder.decode(bytes));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("tells how many places cannot be read, and the line of the first", () => {
    const line = Buffer.from("Où est le café, où est l’hôtel ?\r\n");
    const bytes = Buffer.concat([line, line, Buffer.from([0xff]), line, Buffer.from([0xe2, 0x80])]);
    const { content, notices } = read(bytes);
    assert.equal(
      content,
      `${line.toString().trim()}\n`.repeat(2) + `\ufffd${line.toString().trim()}\n\ufffd`,
    );
    assert.deepEqual(notices, [
      "2 places in x, the first in line 3, cannot be read as UTF-8 and became U+FFFD",
    ]);
  });

  it("does not count a U+FFFD that the file holds", () => {
    assert.deepEqual(read(Buffer.from("a \ufffd b")), { content: "a \ufffd b", notices: [] });
    assert.deepEqual(read(Buffer.from("\ufeffa \ufffd b", "utf16le")).notices, []);
  });

  it("tells of UTF-16 that is cut, and of halves of pairs in it", () => {
    const whale = Buffer.from("\ufeffA whale, 🐋,\nand a sea", "utf16le");
    const cut = read(whale.subarray(0, -1));
    assert.deepEqual(cut, {
      content: "A whale, 🐋,\nand a se\ufffd",
      notices: ["1 place in x, in line 2, cannot be read as UTF-16LE and became U+FFFD"],
    });
    const at = whale.indexOf(Buffer.from("🐋", "utf16le"));
    const half = read(Buffer.concat([whale.subarray(0, at), whale.subarray(at + 2)]));
    assert.equal(half.content, "A whale, \ufffd,\nand a sea");
    assert.match(half.notices[0], /^1 place in x, in line 1, /);
  });

  it("tells of control characters that it leaves out, but for the ends of pages and of files", () => {
    assert.deepEqual(read(Buffer.from("one\f\ntwo \b\b\u0001\n\u001a")), {
      content: "one\ntwo \n",
      notices: ["3 control characters in x, the first U+0008 in line 2, were left out"],
    });
  });

  it("puts letters and accents together, and says so", () => {
    const { content, notices } = read(Buffer.from("Zoë at the hôtel".normalize("NFD")));
    assert.equal(content, "Zoë at the hôtel");
    assert.deepEqual(notices, [
      "letters and accents that stand apart in x (as in Unicode's NFD) were put together",
    ]);
  });

  it("keeps all as it stands where places are to be those of the file", () => {
    const given = "Zoë\r\nat\u00ad the\u0007 sea\r\n".normalize("NFD");
    const { content, notices } = decode(Buffer.from(`\ufeff${given}`), "x", { asItStands: true });
    assert.deepEqual([content, notices], [given, []]);
    const damaged = decode(Buffer.concat([Buffer.from(given), Buffer.from([0xff])]), "x", {
      asItStands: true,
    });
    assert.equal(damaged.content, `${given}\ufffd`);
    assert.match(damaged.notices.join(), /^1 place in x, in line 3, cannot be read as UTF-8/);
  });

  it("reads in the encoding that is named", () => {
    for (const { encoding, bytes, text } of samples) {
      assert.deepEqual(read(bytes, encoding.toUpperCase()), { content: text, notices: [] });
      const { label } = judge(bytes, "x", encoding);
      assert.equal(label, encoding);
    }
  });

  it("puts together what NFC does, of all languages, and changes nothing else", () => {
    for (const { text } of samples) assert.equal(normalise(text.normalize("NFD")), text.normalize("NFC"));
    assert.equal(normalise("\u212b \u1f71 \uf900"), "\u212b \u1f71 \uf900");
    const part = fc.constantFrom(
      ..."aeo\u0301\u0323\u0308\u1100\u1161\u11a8가か\u3099\u0915\u093c\u0344\u05d0\u05bc\n",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join("");
        assert.equal(normalise(text), text.replace(/\r/g, "\n").normalize("NFC"));
        assert.equal(normalise(normalise(text)), normalise(text));
      }),
      { numRuns: 1000 },
    );
  });

  it("normalises as it reads", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
        assert.equal(read(Buffer.from(text, "utf8"), "utf-8").content, normalise(text));
      }),
    );
  });
});
