import assert from "node:assert/strict";
import fc from "fast-check";
import { trace, type TraceOptions } from "../../lib/trace/trace";
import type { Part, Text } from "../../lib/text/text";
import { measure } from "../../lib/trace/measure";
import { traceByHand } from "./by-hand";
import { partOf, textOf } from "./texts";

const ahab = textOf("Call me Ishmael.\nSome years ago, never mind how long precisely,\n", "Moby-Dick");
const emma = textOf("Some years ago, never mind how,\nEmma Woodhouse was handsome.\n", "Emma");

/** The passages as words, the quickest to read. */
function words(sample: string, texts: Text[], options?: TraceOptions): string[] {
  return trace(sample, texts, options).passages.map(({ start, end }) => sample.slice(start, end));
}

describe("trace(sample, texts)", () => {
  it("finds a passage with its place in the sample and in the text", () => {
    const { passages } = trace("He said: years ago, never mind how long. ", [ahab]);
    assert.deepEqual(passages, [
      {
        start: 8,
        end: 39,
        length: 30,
        count: 1,
        sources: [{ text: 0, count: 1 }],
        occurrences: [{ text: 0, offset: 21, line: 2 }],
      },
    ]);
  });

  it("keeps the sample, the texts and the shortest length beside the passages", () => {
    const traced = trace("Call me", [ahab], { minLength: 4 });
    assert.equal(traced.sample, "Call me");
    assert.equal(traced.minLength, 4);
    assert.deepEqual(traced.texts, [ahab]);
  });

  it("names every text in which a passage stands, and only the longest stretch of the sample", () => {
    const { passages } = trace("Some years ago, never mind how", [ahab, emma]);
    assert.equal(passages.length, 1);
    assert.deepEqual(passages[0].sources, [
      { text: 0, count: 1 },
      { text: 1, count: 1 },
    ]);
  });

  it("reports passages that overlap, each whole", () => {
    const texts = [textOf("the cat sat on the mat"), textOf("sat on the mat and slept")];
    assert.deepEqual(words("the cat sat on the mat and slept", texts, { minLength: 10 }), [
      "the cat sat on the mat",
      "sat on the mat and slept",
    ]);
  });

  it("passes over what is shorter than minLength, which is 20", () => {
    const text = textOf("0123456789abcdefghijklm");
    assert.deepEqual(words("0123456789abcdefghi", [text]), []);
    assert.deepEqual(words("0123456789abcdefghij", [text]), ["0123456789abcdefghij"]);
  });

  it("finds a passage again wherever the sample repeats it", () => {
    const { passages } = trace("Ishmael.-Ishmael.", [ahab], { minLength: 8 });
    assert.deepEqual(
      passages.map(({ start, end }) => [start, end]),
      [
        [0, 8],
        [9, 17],
      ],
    );
    assert.deepEqual(passages[0].occurrences, passages[1].occurrences);
  });

  it("finds nothing in an empty sample, in no texts and in empty texts", () => {
    assert.deepEqual(trace("", [ahab], { minLength: 1 }).passages, []);
    assert.deepEqual(trace("Call me Ishmael.", [], { minLength: 1 }).passages, []);
    assert.deepEqual(trace("Call me Ishmael.", [textOf("")], { minLength: 1 }).passages, []);
  });

  it("finds one passage where the sample is the whole text", () => {
    const { passages } = trace(ahab.content, [emma, ahab]);
    assert.deepEqual(
      passages.map(({ start, end, sources }) => ({ start, end, sources })),
      [{ start: 0, end: ahab.content.length, sources: [{ text: 1, count: 1 }] }],
    );
  });

  it("counts all places of a passage and keeps the first maxOccurrences of each text", () => {
    const texts = [textOf("a".repeat(100_000)), textOf("a".repeat(1000))];
    const { passages } = trace("a".repeat(500), texts, { maxOccurrences: 3 });
    assert.equal(passages.length, 1);
    assert.equal(passages[0].count, 99_501 + 501);
    assert.deepEqual(passages[0].sources, [
      { text: 0, count: 99_501 },
      { text: 1, count: 501 },
    ]);
    assert.deepEqual(
      passages[0].occurrences.map(({ text, offset }) => [text, offset]),
      [0, 1].flatMap((text) => [0, 1, 2].map((offset) => [text, offset])),
    );
  });

  it("counts offsets and lines of a part in the whole text", () => {
    const held = partOf(ahab, 33);
    const { passages } = trace("never mind how long precisely", [held]);
    const offset = ahab.content.indexOf("never");
    assert.deepEqual(passages[0].occurrences, [{ text: 0, offset, line: 2 }]);
  });

  it("splits no surrogate pair, in the sample or in the text", () => {
    // 😀 is D83D DE00 and 😁 D83D DE01: the same first half.
    assert.deepEqual(words("ab😀", [textOf("ab😁")], { minLength: 2 }), ["ab"]);
    assert.deepEqual(words("\ude00cd", [textOf("😀cd")], { minLength: 2 }), ["cd"]);
    assert.deepEqual(words("😀😁", [textOf("x😀😁x")], { minLength: 3 }), ["😀😁"]);
  });

  it("says which option is wrong, and how", () => {
    assert.throws(() => trace("a", [ahab], { minLength: 0 }), {
      message: "Expected `minLength` to be a whole number of at least 1, got 0",
    });
    assert.throws(() => trace("a", [ahab], { maxOccurrences: 1.5 }), /`maxOccurrences`.*got 1.5/);
  });
});

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

describe("trace(sample, texts) by what one reads", () => {
  it("takes no blanks, lines of dots and rules for copies", () => {
    for (const sign of [" ", "\n", "\t", "\u00a0", "\u3000", ".", "-", "* ", "_", "=", "\u00ad"]) {
      const book = textOf(`Emma${sign.repeat(500)}Woodhouse`);
      const traced = trace(`She was${sign.repeat(400)}here`, [book]);
      assert.deepEqual(traced.passages, [], JSON.stringify(sign));
      assert.equal(measure(traced).copied, 0);
    }
  });

  it("counts white space as one character, and none at the ends", () => {
    const text = textOf("one     two\n\n\n     three    ");
    assert.deepEqual(words("one     two\n\n\n     three    ", [text], { minLength: 14 }), []);
    const { passages } = trace("one     two\n\n\n     three    ", [text], { minLength: 13 });
    assert.deepEqual(
      passages.map(({ start, end, length }) => [start, end, length]),
      [[0, 28, 13]],
    );
  });

  it("finds nothing of a sample of white space alone, of one that is too short, and in texts of white space", () => {
    const blank = " \n\t\u00a0".repeat(50);
    for (const options of [{}, { collapseWhitespace: true, foldQuotes: true, ignoreCase: true }]) {
      assert.deepEqual(trace(blank, [textOf(blank)], options).passages, []);
      assert.deepEqual(trace("Emma", [textOf("Emma")], options).passages, []);
      assert.deepEqual(trace(`Emma${blank}`, [textOf(blank)], options).passages, []);
    }
  });
});

describe("trace(sample, texts) with options of comparison", () => {
  const book = textOf("“The cat’s\n  mat,”\nsaid THE CAT — and slept.", "A book");

  it("compares exactly unless it is told otherwise", () => {
    assert.deepEqual(words("the cat's mat", [book], { minLength: 8 }), []);
  });

  it("ignores the case of letters", () => {
    assert.deepEqual(words("He said the cat ", [book], { minLength: 8, ignoreCase: true }), [
      "said the cat ",
    ]);
  });

  it("takes a line break for a space, and any white space for one", () => {
    const { passages } = trace("his cat’s mat, too", [book], { minLength: 8, collapseWhitespace: true });
    assert.deepEqual(passages, [
      {
        start: 3,
        end: 14,
        length: 10,
        count: 1,
        sources: [{ text: 0, count: 1 }],
        occurrences: [{ text: 0, offset: 4, line: 1, length: 13 }],
      },
    ]);
  });

  it("counts white space in minLength as it is compared, and covers all of it in the sample", () => {
    const texts = [textOf("a b c d")];
    const options = { collapseWhitespace: true };
    assert.deepEqual(words("-a  b\n\nc-", texts, { ...options, minLength: 5 }), ["a  b\n\nc"]);
    assert.deepEqual(words("-a  b\n\nc-", texts, { ...options, minLength: 7 }), []);
  });

  it("takes typographic quotes, apostrophes and dashes for plain ones", () => {
    const plain = `"The cat's\n  mat," said`;
    assert.deepEqual(words(plain, [book], { minLength: 12, foldQuotes: true }), [`"The cat's\n  mat,"`]);
    assert.deepEqual(words("THE CAT - and", [book], { minLength: 13, foldQuotes: true }), ["THE CAT - and"]);
  });

  it("takes dashes, hyphens, points, italics, tied letters and quotes for the same however they are written", () => {
    const forms = [
      ["at the door—and then he went", "at the door--and then he went"],
      ["at the door—and then he went", "at the door -- and then he went"],
      ["at the door – and then he went", "at the door--\nand then he went"],
      ["he waited… and then he went in", "he waited ... and then he went in"],
      ["he waited. . . . and then he went", "he waited…. and then he went"],
      ["the very last door of the house", "the _very last_ door of the house"],
      ["_the very last_--good door of all", "the very last—good door of all"],
      ["the ﬁrst ﬂower of all the oﬃces", "the first flower of all the offices"],
      ["``He went,'' said she, and went", "“He went,” said she, and went"],
      ["the farm-\nhouse of all the houses", "the farmhouse of all the houses"],
      ["the farm-\nhouse of all the houses", "the farm-house of all the houses"],
      ["to-morrow and to\u2011morrow and to-morrow", "tomorrow and to-morrow and to\u00admorrow"],
    ];
    const options = { collapseWhitespace: true, foldQuotes: true };
    for (const [one, other] of forms) {
      for (const [sample, text] of [
        [one, other],
        [other, one],
      ]) {
        const { passages } = trace(`x${sample}y`.slice(1, -1), [textOf(`>${text}<`)], options);
        const inner = (words: string) => words.replace(/^_|_$/g, "");
        assert.equal(passages.length, 1, sample);
        const [{ start, end, occurrences }] = passages;
        const [{ offset, length = end - start }] = occurrences;
        assert.equal(sample.slice(start, end), inner(sample));
        assert.equal(`>${text}<`.slice(offset, offset + length), inner(text));
      }
    }
  });

  it("takes the whole of a sign in which a passage begins or ends", () => {
    const options = { foldQuotes: true, minLength: 10 };
    const [first] = trace("ﬁne white house", [textOf("ine white house")], options).passages;
    assert.deepEqual([first.start, first.end, first.length], [0, 15, 15]);
    const [second] = trace("ine white houf", [textOf("a ﬁne white houﬂ")], options).passages;
    assert.deepEqual([second.start, second.end, second.length], [0, 14, 14]);
    assert.deepEqual(second.occurrences, [{ text: 0, offset: 2, line: 1 }]);
  });

  it("counts lines and offsets in the texts as they are", () => {
    const options = { minLength: 12, ignoreCase: true, collapseWhitespace: true, foldQuotes: true };
    const { passages } = trace(`mat," said the cat - and`, [book], options);
    assert.deepEqual(passages[0].occurrences, [{ text: 0, offset: 13, line: 2 }]);
  });
});

/** Texts of few different characters, in which long copies come about by chance, and parts of them. */
function library(characters: string[]): fc.Arbitrary<(Text | Part)[]> {
  const content = fc.string({ unit: fc.constantFrom(...characters), maxLength: 60 });
  const whole = content.map((words) => textOf(words));
  const part = fc.tuple(content, fc.nat(30)).map(([words, start]) => {
    const text = textOf(`\n${words}`);
    const splits = /[\udc00-\udfff]/.test(text.content.charAt(start));
    return partOf(text, splits ? start + 1 : start);
  });
  return fc.array(fc.oneof(whole, part), { maxLength: 4 });
}

/** Samples of pieces of texts, of the texts whole, and of nothing. */
function patchwork(characters: string[]): fc.Arbitrary<[string, (Text | Part)[]]> {
  return library(characters).chain((texts) => {
    const all = [...texts.map(({ content }) => content).join("")];
    const piece = fc
      .tuple(fc.nat(all.length), fc.nat(40))
      .map(([at, length]) => all.slice(at, at + length).join(""));
    const pieces = fc.array(piece, { maxLength: 3 }).map((one) => one.join(""));
    const whole = fc.nat(3).map((index) => texts[index]?.content ?? "");
    return fc.tuple(fc.oneof({ weight: 4, arbitrary: pieces }, whole), fc.constant(texts));
  });
}

/** Lengths on both sides of those at which another way of searching begins. */
const exactly = fc.record({
  minLength: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 7, max: 32 })),
  maxOccurrences: fc.constantFrom(1, 2, Infinity),
});
const alike = fc.record({
  minLength: fc.integer({ min: 1, max: 16 }),
  maxOccurrences: fc.constantFrom(1, 100),
  ignoreCase: fc.boolean(),
  collapseWhitespace: fc.boolean(),
  foldQuotes: fc.boolean(),
});

function findsTheSame(sample: string, texts: (Text | Part)[], options: TraceOptions): void {
  assert.deepEqual(trace(sample, texts, options).passages, traceByHand(sample, texts, options));
}

describe("trace finds what looking up every stretch at every place finds", () => {
  const alphabets = {
    "two letters": ["a", "b"],
    "three letters and line feeds": ["a", "b", "c", "\n"],
    "surrogate pairs with the same halves, and halves alone": ["a", "😀", "😁", "\ud83d", "\ude00"],
  };
  for (const [name, characters] of Object.entries(alphabets)) {
    it(`for ${name}`, () => {
      const sample = fc.string({ unit: fc.constantFrom(...characters), maxLength: 40 });
      fc.assert(
        fc.property(sample, library(characters), exactly, (words, texts, options) =>
          findsTheSame(words, texts, options),
        ),
        { numRuns: 1000 },
      );
    });
  }

  const patches = {
    letters: ["a", "b", "c", "d", "\n"],
    "surrogate pairs": ["😀", "😁", "🀀", "b"],
    "characters with the same low byte": ["a", "š", "慡", "b"],
  };
  for (const [name, characters] of Object.entries(patches)) {
    it(`for samples patched together from pieces of texts of ${name}`, () => {
      fc.assert(
        fc.property(patchwork(characters), exactly, ([sample, texts], options) =>
          findsTheSame(sample, texts, options),
        ),
        { numRuns: 1000 },
      );
    });
  }

  const folded = {
    "white space": ["a", "b", " ", "\n", "\t", "\u2003"],
    "letters in two cases": ["a", "A", "σ", "ς", "Σ", "ß", "İ", "𐐀", "𐐨"],
    "quotes and dashes": ['"', "“", "'", "’", "-", "—", "a"],
    "all of these": ["a", "A", " ", "\n", "’", "'", "𐐀", "𐐨", "\ud801"],
    "what is written with several characters elsewhere": [
      "a",
      "b",
      "-",
      "—",
      " ",
      "\n",
      ".",
      "…",
      "_",
      "ﬁ",
      "i",
      "f",
      "'",
      "`",
    ],
    "line ends, accents of their own, and what nobody sees": [
      "a",
      "á",
      "b",
      "\u0301",
      "\r",
      "\n",
      "\f",
      "\u00ad",
      "\u200b",
      "\ufeff",
    ],
  };
  for (const [name, characters] of Object.entries(folded)) {
    it(`for all options of comparison, and ${name}`, () => {
      const sample = fc.string({ unit: fc.constantFrom(...characters), maxLength: 30 });
      const free = fc.tuple(sample, library(characters));
      fc.assert(
        fc.property(fc.oneof(free, patchwork(characters)), alike, ([words, texts], options) =>
          findsTheSame(words, texts, options),
        ),
        { numRuns: 750 },
      );
    });
  }

  it("for periodic samples and texts", () => {
    const periodic = fc
      .tuple(fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 4 }), fc.nat(12))
      .map(([piece, times]) => piece.repeat(times));
    const texts = fc.array(
      periodic.map((words) => textOf(words)),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(periodic, texts, exactly, (sample, library, options) =>
        findsTheSame(sample, library, options),
      ),
      { numRuns: 1000 },
    );
  });
});
