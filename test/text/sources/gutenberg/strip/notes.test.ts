import assert from "node:assert/strict";
import fc from "fast-check";
import { fromFirstWords } from "../../../../../lib/text/sources/gutenberg/strip/layout";
import { notesIn } from "../../../../../lib/text/sources/gutenberg/strip/notes";

const STORY = "THE WHALE\n\n\nby Nobody\n\n\n\nCHAPTER 1\n\nIt began.\n\n[Illustration]\n\nIt ended.\n";
/** Long enough for its middle to be neither end. */
const LONG = `THE WHALE\n\n${Array.from({ length: 200 }, (_, index) => `It swam on for day ${index}.\n\n`).join("")}It ended.\n`;

/** A book without notes and credits, and without blank lines at its ends; it ends in one "\n". */
function withoutNotes(book: string): string {
  let [words, at] = ["", 0];
  for (const { from, to } of notesIn(book)) [words, at] = [words + book.slice(at, from), to];
  words = fromFirstWords(words + book.slice(at)).trimEnd();
  return words === "" ? "" : `${words}\n`;
}

describe("notesIn", () => {
  const before = [
    "Produced by Judith Boss and David Widger",
    "PRODUCED BY JUDITH BOSS",
    "E-text prepared by Greg Weeks, Jon Hurst, and the Online\nDistributed Proofreading Team (http://www.pgdp.net)",
    "This etext was prepared by Donald Lainson, charlie@idirect.com.",
    "Transcribed from the 1910 John Murray edition by David Price, email\nccx074@pglaf.org",
    "Scanned and proofed by No One",
    "Produced by No One\n\n\nNote: Project Gutenberg also has an HTML version of this\n      file which includes the original illustrations.\n      See 42671-h.htm or 42671-h.zip:",
    "Images of the original pages are available through\n      Internet Archive. See\n      http://archive.org/stream/novels",
    "Transcriber's note:\n\n      Text enclosed by underscores is in italics (_italics_).\n\n      A carat character is used to denote superscription.",
    "Transcriber's Note\n\n\nMinor errors have been changed without notice.",
    "Transcribers Note: Obvious errors were\ncorrected.\n\nWords with _underscores_ were in italics.\n\n---------------------",
    "TRANSCRIBER'S NOTES\n\nSome Inconsistencies Were Kept.",
    "Original Transcriber's Notes:\n\nThis text is a combination of two.",
    "+-----------------------------+\n| Transcriber's Note:         |\n|                             |\n| Old spellings were kept.    |\n+-----------------------------+",
    "[Transcriber's note: The author's spelling\nwas kept.]",
    "Anmerkungen zur Transkription:\n\nDie Schreibweise wurde beibehalten.",
    "Note du transcripteur:\n\nL'orthographe a été conservée.",
  ];
  for (const note of before) {
    it(`takes off the beginning ${JSON.stringify(note)}`, () => {
      assert.equal(withoutNotes(`\n\n${note}\n\n\n\n\n${STORY}`), STORY);
    });
  }

  const after = [
    "       *       *       *       *       *\n\n\n\n\nTranscriber's note:\n\nSpelling changes have been made\nwithin the book.\n\nOthers have been left.",
    "Transcriber's Notes:\n\n\nPage 12: 'whlae' changed to 'whale'.\n\n\n\nPage 13: a full stop added.",
    "Typographical errors corrected by the etext transcriber:\n\nwhlae=> whale {pg 12}",
    "This file was produced from images at the Internet Archive.",
    "[Transcriber's Note: The cover was made by the transcriber.]",
  ];
  for (const note of after) {
    it(`takes off the end ${JSON.stringify(note)}`, () => {
      assert.equal(withoutNotes(`${STORY}\n\n\n\n${note}\n\n`), STORY);
    });
  }

  it("takes a note out of the middle, up to the gap after it", () => {
    const note = "Transcriber's note: a page is missing here.\n\nIt was torn out.\n\n\n\n";
    const [start, end] = [
      LONG.slice(0, LONG.indexOf("It swam on for day 100")),
      LONG.slice(LONG.indexOf("It swam on for day 100")),
    ];
    assert.equal(withoutNotes(`${start}${note}${end}`).replace(/\n+/g, "\n"), LONG.replace(/\n+/g, "\n"));
  });

  it("takes no more than its first paragraph off a note of which no end is seen", () => {
    const noted = LONG.replace("\n\n", "\n\nTranscriber's Note:\n\nSpelling was kept.\n\n");
    assert.equal(withoutNotes(noted), LONG);
  });

  it("takes bracketed notes out of a paragraph, and keeps other brackets", () => {
    const noted = "He went [Transcriber's note: word missing] home [sic].\n";
    assert.equal(withoutNotes(noted), "He went home [sic].\n");
  });

  it("takes bracketed notes out of a line in a time that does not grow with the square of the notes", () => {
    const noted = `He went ${"on (Transcriber's note: sic) ".repeat(60_000)}home.\n`;
    assert.equal(withoutNotes(noted), `He went ${"on ".repeat(60_000)}home.\n`);
  });

  it("takes out a notice of Project Gutenberg wherever it stands, and keeps the printer of Mainz", () => {
    const story = LONG.replace("day 100.", "day 100.\n\nGutenberg printed a Bible.");
    const noted = story.replace(
      "Gutenberg printed",
      "Project Gutenberg's Etexts are not copyrighted.\n\nGutenberg printed",
    );
    assert.equal(withoutNotes(noted), story);
  });

  it("keeps what only sounds like a credit once the book has begun", () => {
    const story =
      "THE WHALE\n\nProduced by the storm, waves rose.\n\nPrepared for the worst, he sang.\n\nIt ended.\n";
    assert.equal(withoutNotes(story), story);
  });

  it("changes nothing the second time", () => {
    const piece = fc.constantFrom(
      "It began.",
      "Produced by X",
      "Transcriber's note:",
      "CHAPTER",
      "see www.x.org",
      "***",
      "",
      "\n\n",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const once = withoutNotes(pieces.join("\n\n"));
        fc.pre(!/transcriber/i.test(once)); // A note without a text behind it keeps its place.
        assert.equal(withoutNotes(once), once);
      }),
    );
  });
});
