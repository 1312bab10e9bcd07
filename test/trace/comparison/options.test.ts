import assert from "node:assert/strict";
import { trace } from "../../../lib/trace/trace";
import { textOf } from "../texts";
import { words } from "../words";

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
      ["he asked Mr. ⸺ at the door", "he asked Mr. ---- at the door"],
      ["the farm⸗house of all the houses", "the farm－house of all the houses"],
      ["so <<come in, my boy>> and went", "so «come in, my boy» and went"],
      ["〝Come in at once, my boy〞", "“Come in at once, my boy”"],
      ["old Cæsar, ÆNEAS and the phœnix", "old Caesar, AENEAS and the phoenix"],
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
