import assert from "node:assert/strict";
import fc from "fast-check";
import { readBookIn } from "../../../../../lib/text/sources/gutenberg/book";
import { strip } from "../../../../../lib/text/sources/gutenberg/strip/strip";
import { END, file, HEAD, HEADS, LICENCE, START, story, TAILS } from "./imitations";

const mine = "My own story, line by line, as long as you like.\n".repeat(200);

describe("strip, where a file holds words of one's own", () => {
  const head = `${HEAD}\n${START}\n\n`;
  const tail = `\n\n${END}\n\nlicence\n`;
  const book = `${head}The words of Emma.${tail}`;
  const joined: [string, string, string][] = [
    ["before a book", mine + book, `${mine}\n\n\nThe words of Emma.\n`],
    ["behind a book", book + mine, `The words of Emma.\n\n\n\n${mine}`],
    [
      "between two books",
      book + mine + book.replace("Emma", "Persuasion"),
      `The words of Emma.\n\n\n\n${mine}\n\n\nThe words of Persuasion.\n`,
    ],
    ["behind a whole licence, without a blank line", file("It rose.") + mine, `It rose.\n\n\n\n${mine}`],
    [
      "behind a licence that was cut off",
      `${head}It rose.\n\n${END}\n\n${LICENCE.slice(0, LICENCE.indexOf("Section 1"))}\n\n${mine}`,
      `It rose.\n\n\n\n${mine}`,
    ],
  ];
  for (const [where, text, kept] of joined) {
    it(`keeps those ${where}, and says what was taken off`, () => {
      const { content, notices } = strip(text);
      assert.equal(content, kept);
      assert.match(
        notices.join(),
        /^took off [\d,]+ of [\d,]+ characters: head [\d,]+, licence [\d,]+; the words before, between/,
      );
    });
  }

  it("keeps those in the line below the last one of a licence of 2005", () => {
    const whereFilesLie =
      "EBooks posted since November 2003 are filed in a different way.\n\n     https://www.gutenberg.org/GUTINDEX.ALL\n\n*** END: FULL LICENSE ***\n";
    assert.equal(strip(`${file("It rose.")}\n${whereFilesLie}${mine}`).content, `It rose.\n\n\n\n${mine}`);
  });

  it("keeps those right behind a licence, though they speak of its publisher", () => {
    for (const own of [
      "I gave ten dollars to the Project Gutenberg Literary Archive Foundation.",
      "My executive director told me that we need your donations.",
    ])
      assert.equal(
        strip(`${file("It rose.")}\n${own}\n\n${mine}`).content,
        `It rose.\n\n\n\n${own}\n\n${mine}`,
      );
  });

  it("names how many characters were taken off", () => {
    const { notices } = strip(mine + book);
    const taken = book.length - "The words of Emma.".length - 4; // the blank lines around the words
    const [, told, all] = /^took off ([\d,]+) of ([\d,]+) /.exec(notices[0]) ?? [];
    assert.ok(Math.abs(Number(told) - taken) <= 4, told);
    assert.equal(Number(all.replace(",", "")), (mine + book).length);
  });

  it("takes off heads and licences of all layouts, and keeps all words before, between and behind them", () => {
    const words =
      "the, sea, Gutenberg, Project Gutenberg, eBook, Etext, licence, note, transcriber, www.sea.org, Title, page 12, corrected, END, of, by Ann, start";
    const sentence = fc
      .array(fc.constantFrom(...words.split(", ")), { minLength: 3, maxLength: 10 })
      .map((chosen) => `${chosen.join(" ")}.`)
      // A line that is itself what ended a book in the 1990s cannot be told from one.
      .filter((line) => !/^END of (the )?Project Gutenberg/.test(line));
    const paragraph = fc.array(sentence, { minLength: 1, maxLength: 4 }).map((lines) => lines.join("\n"));
    const own = fc.array(paragraph, { minLength: 1, maxLength: 5 }).map((all) => all.join("\n\n"));
    const book = fc.record({
      head: fc.constantFrom(...Object.values(HEADS)),
      tail: fc.constantFrom(...Object.values(TAILS)),
      words: fc.integer({ min: 1, max: 20 }).map((length) => `THE TIDE\n\n${story(length)}`),
    });
    const gap = fc.constantFrom("", "\n", "\n\n\n");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(own, gap, book, gap), { minLength: 1, maxLength: 3 }),
        own,
        (parts, last) => {
          const text = parts
            .map(
              ([before, one, { head, words: body, tail: end }, other]) =>
                `${before}\n${one}${head}\n\n${body}\n\n\n${end}${other}`,
            )
            .join("");
          const { content } = strip(text + last);
          for (const kept of [...parts.flatMap(([before, , { words: body }]) => [before, body]), last])
            assert.ok(content.includes(kept), `lost: ${kept}`);
          assert.doesNotMatch(
            content,
            /small print|\*\*\* ?(?:START|END) OF|anyone anywhere|hear about new/i,
          );
        },
      ),
    );
  });
});

describe("strip and readBookIn, of a text that speaks of Project Gutenberg", () => {
  const essay = `${story(10)}\n\nProject Gutenberg began in 1971.\n\nEach of its eBooks begins with a marker:\n\n${START}\n\nand ends with one:\n\n${END}\n\nEnd of Project Gutenberg's first year, in which ten eBooks came out.\n\nThis is the end of Project Gutenberg's second year, I thought.\n\n`;
  const texts: [string, string][] = [
    ["shows the markers as lines of their own", `${essay}${story(10)}\n`],
    ["shows the markers in a paragraph", `One begins\n${START}\nand ends\n${END}\nso.\n\n${story(5)}\n`],
    [
      "shows sentences of the licence",
      `${story(5)}\n\nThis eBook is for the use of anyone anywhere at no cost and with\nalmost no restrictions whatsoever.\n\n${story(5)}\n\n1.E.8.  You may charge a reasonable fee for Project Gutenberg-tm electronic works.\n\nI disagree.\n`,
    ],
    [
      "shows a head",
      `${story(3)}\n\nA head is like this:\n\nThe Project Gutenberg EBook of Emma, by Jane Austen\n\nTitle: Emma\n\nAuthor: Jane Austen\n\nI find it plain.\n\n${story(5)}\n`,
    ],
    [
      "begins with the name of one of its books",
      `The Project Gutenberg eBook of Emma, by Jane Austen\n\nis what I speak of.\n\n${story(9)}\n`,
    ],
    [
      "begins with fields",
      `Title: My diary\nAuthor: I\n\nI read a Project Gutenberg eBook today.\n\n${story(9)}\n`,
    ],
    [
      "has addresses at its ends",
      `Entry 1: see https://example.org/1 for it.\n\nI like Project Gutenberg.\n\n${story(40)}\n\nwww.example.org is mine.\n`,
    ],
    [
      "has a chapter of that name",
      `Project Gutenberg gave me the plans.\n\nEND OF THE PROJECT\n\n${story(9)}\n`,
    ],
    [
      "thanks the proofreaders",
      `We begin.\n\nDistributed Proofreaders taught me patience at Project Gutenberg.\n\n${story(9)}\n`,
    ],
  ];
  for (const [which, text] of texts) {
    it(`keeps all of one that ${which}, and takes no title from it`, () => {
      assert.deepEqual(strip(text), { content: text, notices: [] });
      const { title, author, language } = readBookIn(text);
      assert.deepEqual([title, author, language], ["", "", ""]);
    });
  }

  it("keeps all of a book of theirs on them", () => {
    const body = `ON FREE BOOKS\n\n${essay}The Project Gutenberg Literary Archive Foundation came later; its eBooks are not copyrighted.\n\n${story(10)}`;
    assert.equal(strip(file(body)).content, `${body}\n`);
  });
});

describe("readBookIn", () => {
  it("reads the head of a file that is one book", () => {
    const { title, author, language } = readBookIn(file(story(3)));
    assert.deepEqual([title, author, language], ["The Tide", "Ann Body", "English"]);
  });

  it("takes no head for that of the whole where the file holds other words or books", () => {
    for (const text of [mine + file(story(3)), file(story(3)) + mine, file(story(3)) + file(story(4))])
      assert.equal(readBookIn(text).title, "");
  });
});
