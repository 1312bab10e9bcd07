import assert from "node:assert/strict";
import { mobyDick, stateOfTheUnion } from "../../lib/text/corpora";

describe("mobyDick", () => {
  it("is the whole novel with the heads of its chapters, and without the table of contents", () => {
    const { title, author, content } = mobyDick();
    assert.deepEqual([title, author], ["Moby-Dick", "Herman Melville"]);
    assert.match(content, /^ETYMOLOGY\. /);
    assert.match(content, /\n\n\nCHAPTER 1\. Loomings\.\n\nCall me Ishmael\. Some years ago/);
    assert.equal(content.match(/^CHAPTER \d+\. /gm)?.length, 135);
    assert.match(content, /only found another orphan\.\n$/);
  });
});

describe("stateOfTheUnion", () => {
  it("is one text for each president, with all addresses", () => {
    const texts = stateOfTheUnion();
    assert.equal(texts.length, 43);
    assert.equal(new Set(texts.map(({ author }) => author)).size, 43);
    const lincoln = texts.find(({ author }) => author === "Abraham Lincoln");
    assert.equal(lincoln?.title, "State of the Union 1861–1864");
    assert.equal(lincoln?.content.trim().split("\n\n").length, 4);
    assert.match(lincoln?.content ?? "", /^Fellow-Citizens of the Senate/);
  });

  it("is one text for each address where asked for", () => {
    assert.equal(stateOfTheUnion({ per: "address" }).length, 233);
    const [first] = stateOfTheUnion({ per: "address", years: [1790, 1790] });
    assert.deepEqual([first.title, first.author], ["State of the Union 1790", "George Washington"]);
  });

  it("takes presidents by parts of their names, in any case", () => {
    const authors = stateOfTheUnion({ presidents: ["roosevelt", "MCKINLEY"] }).map(({ author }) => author);
    assert.deepEqual(authors, ["William McKinley", "Theodore Roosevelt", "Franklin D Roosevelt"]);
    assert.equal(stateOfTheUnion({ presidents: "Lincoln" }).length, 1);
  });

  it("takes the addresses of some years only", () => {
    const [roosevelt] = stateOfTheUnion({ presidents: "Franklin Roosevelt", years: [1940, 1942] });
    assert.equal(roosevelt.title, "State of the Union 1940–1942");
  });

  it("names the presidents where it does not know one, and says so where nothing is left", () => {
    assert.throws(
      () => stateOfTheUnion({ presidents: "Napoleon" }),
      /some of George Washington, .*; got "Napoleon"/,
    );
    assert.throws(() => stateOfTheUnion({ years: [1700, 1710] }), /found none: \{"years":\[1700,1710\]\}/);
  });

  it("has no control characters", () => {
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    for (const { content } of stateOfTheUnion()) assert.doesNotMatch(content, /[\u0000-\u0009\u000b-\u001f]/);
  });
});
