import assert from "node:assert/strict";
import { fold, foldedWords } from "../../../lib/text/sources/fold";

describe("fold", () => {
  it("takes away case and accents, also of letters that Unicode does not take apart", () => {
    assert.equal(fold("Brontë, ŒUVRES, Straße, Łódź, Ærø"), "bronte, oeuvres, strasse, lodz, aero");
  });
});

describe("foldedWords", () => {
  it("finds words and numbers in any script", () => {
    assert.deepEqual(foldedWords("Война, 1812—and Élan!"), ["воина", "1812", "and", "elan"]);
    assert.deepEqual(foldedWords(" - "), []);
  });
});
