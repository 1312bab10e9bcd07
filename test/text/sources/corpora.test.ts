import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { mobyDick, stateOfTheUnion } from "../../../lib/text/sources/corpora";

describe("the packages of texts", () => {
  it("are not loaded where none of their texts is asked for", () => {
    const library = path.join(__dirname, "../../../lib/text/library");
    const script = `
      require(process.argv[1]);
      console.log(Object.keys(require.cache).filter((name) => name.includes("@stdlib")).length);`;
    const args = ["--require", "tsx/cjs", "--eval", script, library];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    assert.equal(stdout, "0\n", stderr);
  });
});

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
      /some of George Washington, .*, got "Napoleon"/,
    );
    assert.throws(() => stateOfTheUnion({ years: [1700, 1710] }), /found none: \{"years":\[1700,1710\]\}/);
  });

  it("has no control characters", () => {
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    for (const { content } of stateOfTheUnion()) assert.doesNotMatch(content, /[\u0000-\u0009\u000b-\u001f]/);
  });

  const said: [number, string][] = [
    [2017, "Each American generation passes the torch"], // after "forms.", to which it is glued in the package
    [2017, "who will defend our Constitution. I am greatly honored"],
    [
      2021,
      "while you’re thinking about sending things to my desk—let’s raise the minimum wage to $15. No one—no one",
    ],
    [2014, "brings home the gold. My fellow Americans, no other country"],
    [1998, "the high cost of media advertising. To the folks watching at home, those were the groans"],
    [2006, "This milestone is more than a personal crisis- it is a national challenge."],
    [1948, "The United States has become great because we, as a people,"],
    [1890, "wages than are paid elsewhere—better abstractly"],
  ];
  for (const [year, words] of said) {
    it(`holds what was said in ${year}: "${words.slice(0, 40)}…"`, () => {
      const [{ content }] = stateOfTheUnion({ per: "address", years: [year, year] });
      assert.ok(content.includes(words), content.match(new RegExp(`${words.slice(0, 12)}.{60}`))?.[0]);
    });
  }

  it("has in none of its 233 addresses an entity, a note of the hall or a sentence glued to the one before", () => {
    const leftover =
      /&\w+;|[[(](?:applause|laugh)|At this point, (?:audience|in the)|Audience members\.|^The President\.|\[p\.\d/i;
    const glued = /\p{Ll}{2}[.!?](?:\p{Lu}\p{Ll}|I\b)/u;
    const addresses = stateOfTheUnion({ per: "address" });
    assert.deepEqual(
      addresses.flatMap(({ title, content }) => {
        const found = leftover.exec(content)?.[0] ?? glued.exec(content)?.[0];
        return found === undefined ? [] : [`${title}: ${found}`];
      }),
      [],
    );
  });

  it("keeps brackets that belong to the words, as [missing text] and tables with dashes", () => {
    const all = stateOfTheUnion()
      .map(({ content }) => content)
      .join("");
    for (const words of [
      "[missing text]",
      "[$.5 million]",
      "Alsop & Co.",
      "R&D",
      "- + 275,900.00",
      "[Footnote 1: At this point the President",
    ])
      assert.ok(all.includes(words), words);
  });
});
