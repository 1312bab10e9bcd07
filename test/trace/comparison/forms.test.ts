import assert from "node:assert/strict";
import { trace } from "../../../lib/trace/trace";
import { measure } from "../../../lib/trace/measure";
import { textOf } from "../texts";

describe("trace(sample, texts) whatever form they come in", () => {
  const plain = "Zoë took her café au lait\nat the old hôtel by the sea\nand read the whole evening.\n";
  const forms: Record<string, string> = {
    "line ends of Windows": plain.replaceAll("\n", "\r\n"),
    "line ends of old Macintoshes": plain.replaceAll("\n", "\r"),
    "line ends of both kinds": plain.replace("\n", "\r\n"),
    "accents as characters of their own": plain.normalize("NFD"),
    "a byte order mark": `\ufeff${plain}`,
    "soft hyphens": plain.replace("evening", "eve\u00adning").replace("hôtel", "hô\u00adtel"),
    "characters without width": plain.replaceAll("e", "\u200be\u200c\u200d\u2060"),
    "control characters and marks of direction": plain.replaceAll(" ", "\u0007\u200e "),
    "all of these": `\ufeff${plain.normalize("NFD").replaceAll("\n", "\u00ad\r\n")}`,
  };
  for (const [name, form] of Object.entries(forms)) {
    it(`finds all of a sample with ${name}, and of a text with them`, () => {
      const visible = form.startsWith("\ufeff") ? 1 : 0;
      const last = form.replace(/[\u00ad\u200b-\u200f]+$/, "").length;
      const [passage, ...others] = trace(form, [textOf(plain)]).passages;
      assert.deepEqual(others, []);
      assert.deepEqual([passage.start, passage.end, passage.length], [visible, last, plain.trim().length]);
      assert.deepEqual(
        [passage.occurrences[0].offset, passage.occurrences[0].length ?? last - visible],
        [0, plain.length],
      );
      assert.equal(measure(trace(form, [textOf(plain)])).copied, 1);
      const [{ occurrences }] = trace(plain, [textOf(form)]).passages;
      assert.deepEqual(
        [occurrences[0].offset, occurrences[0].length ?? plain.length],
        [visible, last - visible],
      );
      const third = trace("and read the whole evening.", [textOf(form)]).passages[0].occurrences[0];
      assert.equal(third.line, 3);
      assert.match(form.slice(third.offset), /^and/);
    });
  }

  it("finds all of a sample with line ends of Word, of other systems and of lines that Notepad broke, and with selectors of variants", () => {
    for (const [sign, form] of [
      ["\n", "\v"],
      ["\n", "\u0085"],
      ["\n", "\u2028"],
      ["\n", "\r\r\n"],
      ["a", "a\ufe0e"],
    ])
      for (const options of [{}, { collapseWhitespace: true, foldQuotes: true, ignoreCase: true }]) {
        const other = plain.replaceAll(sign, form);
        for (const [sample, text] of [
          [plain, other],
          [other, plain],
        ]) {
          const [{ start, end, occurrences }, ...others] = trace(sample, [textOf(text)], options).passages;
          assert.deepEqual(others, []);
          assert.deepEqual([start, sample.slice(end).trim()], [0, ""]);
          assert.equal(occurrences[0].offset, 0);
        }
      }
  });

  it("composes Hangul, Hebrew, Vietnamese and signs with another writing of their own", () => {
    const words = [
      "훈민정음은 백성을 가르치는 바른 소리",
      "שָׁלוֹם עֲלֵיכֶם מַלְאֲכֵי הַשָּׁרֵת",
      "Tiếng Việt giàu đẹp và phong phú",
      "Ångström \u212b \u1fd3 ΐ and Ω \u2126 ohms",
    ];
    for (const word of words) {
      for (const [sample, book] of [
        [word.normalize("NFD"), word.normalize("NFC")],
        [word, word.normalize("NFD")],
      ]) {
        const { passages } = trace(`… ${sample} …`, [textOf(`>>${book}<<`)], { minLength: 10 });
        assert.equal(passages.length, 1);
        const [{ start, end, occurrences }] = passages;
        assert.equal(`… ${sample} …`.slice(start, end), sample);
        assert.deepEqual([occurrences[0].offset, occurrences[0].length ?? end - start], [2, book.length]);
      }
    }
  });

  it("comes to an end with marks in their thousands on one letter", () => {
    const heap = `e${"\u0301\u0323".repeat(100_000)}`;
    assert.equal(
      trace("a sentence that is long enough", [textOf(`${heap} a sentence that is long enough`)]).passages
        .length,
      1,
    );
  });

  it("traces again in a text that has been changed in place", () => {
    const text = { ...textOf("a sentence that is long enough") };
    assert.equal(trace("a sentence that is long enough", [text]).passages.length, 1);
    text.content = "a sentence\r\nthat is long enough";
    assert.equal(trace("a sentence\nthat is long enough", [text]).passages.length, 1);
  });
});
