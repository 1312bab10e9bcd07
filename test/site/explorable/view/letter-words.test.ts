import assert from "node:assert/strict";
import { besideLetter, letterInWords } from "../../../../site/explorable/view/letter-words";

describe("a letter of the explorable in words", () => {
  const letter = {
    text: "e",
    probability: 0.93,
    likeliest: [
      { token: "e", probability: 0.93 },
      { token: " ", probability: 0.04 },
    ],
  };

  it("says how sure the network was, from whom it is copied, and what nearly stood there", () => {
    assert.equal(letterInWords(letter, { isLast: false }), "e, 93\u00a0% sure. Nearly: space 4\u00a0%");
    assert.equal(
      letterInWords(letter, { copiedFrom: "Melville", isLast: true }),
      "e, 93\u00a0% sure. Copied from Melville. The sample ends here. Nearly: space 4\u00a0%",
    );
    assert.equal(
      besideLetter(letter, { copiedFrom: "you", isLast: false }),
      "93\u00a0% sure of it: no surprise. Copied from you",
    );
  });
});
