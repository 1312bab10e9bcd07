import assert from "node:assert/strict";
import { readHeader } from "../../../../lib/text/sources/gutenberg/header";

describe("readHeader", () => {
  it("reads the fields of today", () => {
    const lines = [
      "Title: Emma",
      "",
      "Author: Jane Austen",
      "",
      "Release Date: August, 1994",
      "Language: English",
    ];
    assert.deepEqual(readHeader(lines), { title: "Emma", author: "Jane Austen", language: "English" });
  });

  it("takes indented lines as the subtitle, or as the rest of a long title", () => {
    const subtitle = ["Title: Jack Sheppard", "       A Romance", "", "Author: W. H. Ainsworth"];
    assert.equal(readHeader(subtitle).title, "Jack Sheppard: A Romance");
    const long = ["Title: The Life of a Whale, Who Lived,", "       and Died"];
    assert.equal(readHeader(long).title, "The Life of a Whale, Who Lived, and Died");
  });

  it("takes indented lines below an author as others, but for one that is wrapped", () => {
    const grimms = ["Title: Fairy Tales", "", "Author: Jacob Grimm", "        Wilhelm Grimm"];
    assert.equal(readHeader(grimms).author, "Jacob Grimm, Wilhelm Grimm");
    const society = ["Author: The Society for the Diffusion of Useful Knowledge among the", "        People"];
    assert.equal(
      readHeader(society).author,
      "The Society for the Diffusion of Useful Knowledge among the People",
    );
  });

  for (const [line, title, author] of [
    ["The Project Gutenberg Etext of The Devil's Dictionary by Bierce", "The Devil's Dictionary", "Bierce"],
    ["******The Project Gutenberg Etext of Emma, by Jane Austen******", "Emma", "Jane Austen"],
    [
      "Project Gutenberg Etext of News from Nowhere, by William Morris",
      "News from Nowhere",
      "William Morris",
    ],
    ["Project Gutenberg's Etext of Areopagitica, by John Milton", "Areopagitica", "John Milton"],
    [
      "The Project Gutenberg eBook, Pride and Prejudice, by Jane Austen, Edited",
      "Pride and Prejudice",
      "Jane Austen",
    ],
    ["The Project Gutenberg EBook of Beowulf", "Beowulf", ""],
  ]) {
    it(`reads a head line as "${line}"`, () => {
      assert.deepEqual(readHeader([line, "", "words"]), { title, author, language: "" });
    });
  }

  it("knows nothing of a file without a head", () => {
    assert.deepEqual(readHeader(["Call me Ishmael."]), { title: "", author: "", language: "" });
  });
});
