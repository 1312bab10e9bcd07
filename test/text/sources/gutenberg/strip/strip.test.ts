import assert from "node:assert/strict";
import path from "node:path";
import { readBook } from "../../../../../lib/text/sources/gutenberg/book";
import { strip } from "../../../../../lib/text/sources/gutenberg/strip/strip";
import { realBooks } from "../../../shared";

const STORY =
  "THE WHALE\n\n\nCHAPTER 1\n\nIt began.\n\nSo it went on.\n\n\nCHAPTER 2\n\nIt ended.\n\nTHE END\n";
const HEAD =
  "The Project Gutenberg EBook of The Whale, by Nobody\n\nThis eBook is for the use of anyone.\n\nTitle: The Whale\n";
const TAIL =
  "Updated editions will replace the previous one.\n\n*** START: FULL LICENSE ***\n\nTHE FULL PROJECT GUTENBERG LICENSE\n";
const START = "*** START OF THE PROJECT GUTENBERG EBOOK THE WHALE ***";
const END = "*** END OF THE PROJECT GUTENBERG EBOOK THE WHALE ***";

function file(start: string, end: string, story = STORY): string {
  return [HEAD, start, "\n", story, "\n", end, TAIL].join("\n");
}

describe("strip", () => {
  const starts = [
    START,
    "***START OF THE PROJECT GUTENBERG EBOOK THE WHALE***",
    "*** START OF THIS PROJECT GUTENBERG EBOOK THE WHALE ***",
    "***START OF THIS PROJECT GUTENBERG EBOOK THE WHALE***",
    "*** Start of the Project Gutenberg eBook, The Whale ***",
    "*** START OF THE COPYRIGHTED PROJECT GUTENBERG EBOOK THE WHALE ***",
    "*** START OF THIS PROJECT GUTENBERG EBOOK THE WHALE, WHICH\nHAS A TITLE OF TWO LINES ***",
    "*** START OF THE PROJECT GUTENBERG EBOOK 15 ***\n\nProduced by Some One and the Online Distributed\nProofreading Team",
    "***START**THE SMALL PRINT!**FOR PUBLIC DOMAIN ETEXTS**START***\nYou know: lawyers.\n\n*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*",
    "*END THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.12.12.00*END*",
    "*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*\n\nThis etext was prepared by No One\n\n*** START OF THE PROJECT GUTENBERG EBOOK ***",
  ];
  for (const start of starts) {
    it(`cuts the head after ${JSON.stringify(start)}`, () => {
      assert.deepEqual(strip(file(start, END)), { content: STORY, notices: [] });
    });
  }

  const ends = [
    END,
    "***END OF THE PROJECT GUTENBERG EBOOK THE WHALE***",
    "*** END OF THIS PROJECT GUTENBERG EBOOK THE WHALE ***",
    "End of the Project Gutenberg EBook of The Whale, by Nobody\n\n*** END OF THIS PROJECT GUTENBERG EBOOK THE WHALE ***",
    "End of Project Gutenberg's The Whale, by Nobody",
    "End of The Project Gutenberg Etext of The Whale",
    "End of this Project Gutenberg Etext The Whale",
    "END OF PROJECT GUTENBERG ETEXT OF THE WHALE",
    "***End of the Project Gutenberg Etext of The Whale***",
    "End of this Etext of The Whale",
    "Ende dieses Projekt Gutenberg Etextes",
    "Fin de Project Gutenberg Etext",
    "*** START: FULL LICENSE ***",
    "*** END OF THE PROJECT GUTENBERG EBOOK THE WHALE ***\n\n***START**THE SMALL PRINT!**FOR PUBLIC DOMAIN EBOOKS**START***\nLawyers.\n*END THE SMALL PRINT! FOR PUBLIC DOMAIN EBOOKS*Ver.02/11/02*END*",
  ];
  for (const end of ends) {
    it(`cuts the tail from ${JSON.stringify(end)}`, () => {
      const text = [HEAD, START, STORY, end, end.includes("SMALL PRINT") ? "" : TAIL].join("\n");
      assert.deepEqual(strip(text), { content: STORY, notices: [] });
    });
  }

  it("keeps every book of a file that holds several, without what stands between", () => {
    const two = file(START, END) + file(START, "End of the Project Gutenberg Etext of The Whale");
    assert.deepEqual(strip(two).content.split(/\n{4,}/), [STORY.trimEnd(), STORY]);
  });

  it("takes out licences between the works of a file", () => {
    const licence =
      "<<THIS ELECTRONIC VERSION OF THE COMPLETE WORKS OF NOBODY\nIS COPYRIGHT 1990-1993 BY WORLD LIBRARY, INC., AND IS\nPROVIDED BY PROJECT GUTENBERG WITH PERMISSION.>>\n";
    const print =
      '***** SMALL PRINT! for THE WHALE *****\n\n1.  LICENSE\n\nYou may read it.\n\n****   SMALL PRINT! FOR __ THE WHALE ****\n["Small Print" V.12.08.93]\n';
    const story = STORY.replace("CHAPTER 2", `${licence}\n${print}\nCHAPTER 2`);
    const { content } = strip(file(START, END, story));
    assert.deepEqual(content.split(/\n+/), STORY.split(/\n+/));
  });

  it("keeps a text that is none of Project Gutenberg's as it is", () => {
    const text = "Produced by nobody\n\n  A transcriber's note of 1850.\n\n";
    assert.deepEqual(strip(text), { content: text, notices: [] });
  });

  it("keeps a book of which no word would be left, and says so", () => {
    const onlyNotes = file(START, END, "Produced by Some One\n");
    assert.match(strip(onlyNotes).content, /Produced by Some One/);
    assert.doesNotMatch(strip(onlyNotes).content, /LICENSE/);
    assert.match(strip(onlyNotes).notices[0], /only notes .* were kept/);
    const nothing = file(START, END, "");
    assert.equal(strip(nothing).content, nothing);
    assert.match(strip(nothing).notices[0], /all of it was kept, licence included/);
  });

  const real: [number, RegExp, RegExp][] = [
    [
      42671,
      /^PRIDE AND PREJUDICE:\n\nA Novel\.\n\n[^]{0,600}It is a truth universally acknowledged/,
      /had been the means of uniting them\.\n$/,
    ],
    [
      1342,
      /^PRIDE AND PREJUDICE\n\nBy Jane Austen\n\n\n\nChapter 1\n\n\nIt is a truth/,
      /had been the means of uniting them\.\n$/,
    ],
    [
      768,
      /^WUTHERING HEIGHTS\n\n\nCHAPTER I\n\n\n1801\.--I have just returned/,
      /unquiet slumbers for the sleepers in that quiet earth\.\n$/,
    ],
    [
      144,
      /^THE VOYAGE OUT \(1915\)\n\n\nby Virginia Woolf/,
      /passing him one after another on their way\nto bed\.\n$/,
    ],
    [158, /^EMMA\n\nBy Jane Austen\n\n\n\n\nVOLUME I\n/, /perfect happiness of the union\.\n\n\n\nFINIS\n$/],
  ];
  for (const [id, first, last] of real) {
    it(`leaves of the real book ${id} its words, all of them and no others`, async function () {
      const { content, title, author, language } = await readBook(
        path.join(realBooks(this), "cache", "epub", String(id), `pg${id}.txt`),
      );
      assert.match(content, first);
      assert.match(content, last);
      const foreign =
        /gutenberg|transcriber|transcribed from|^produced by|e-text|\be?text\b.*prepared|pgdp|archive\.org|https?:|www\.|copyright|trademark|\*\*\*|\r/im;
      assert.deepEqual(
        content.split("\n").filter((line) => foreign.test(line)),
        [],
      );
      assert.ok(title !== "" && author !== "" && language === "English");
    });
  }
});
