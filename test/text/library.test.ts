import assert from "node:assert/strict";
import path from "node:path";
import fc from "fast-check";
import { UnreachableError } from "../../lib/text/sources/fetch";
import { TextLibrary } from "../../lib/text/library";
import type { Progress } from "../../lib/base/progress";
import { realBooks } from "./shared";
import { files, folder, serve, withFolder, withServer } from "./server";

const quick = { backOff: 1, timeout: 1000, retries: 0 };

function text(content: string, title = "Test") {
  return { title, author: "", source: "string", content, weight: 1 };
}

const content = fc.string({ unit: fc.constantFrom("a", "b", " ", "\n", "🐋"), minLength: 1 });

describe("TextLibrary", () => {
  it("holds out the end of each text", () => {
    const texts = [text("one line\n".repeat(100)), text("another\n".repeat(50))];
    const library = new TextLibrary(texts, { validation: 0.2 });
    assert.equal(library.training.length, 2);
    for (const [index, part] of library.validation.entries()) {
      assert.equal(library.training[index].content + part.content, texts[index].content);
      assert.equal(part.start, library.training[index].content.length);
    }
    assert.deepEqual(new TextLibrary(texts, { validation: 0 }).validation, []);
  });

  it("finds the text, the line and the column of every offset", () => {
    fc.assert(
      fc.property(fc.array(content, { minLength: 1, maxLength: 5 }), fc.nat(), (contents, number) => {
        const library = new TextLibrary(contents.map((each) => text(each)));
        const all = contents.join("");
        assert.equal(library.length, all.length);
        const place = library.locate(number % all.length);
        assert.equal(library.texts[place.index], place.text);
        assert.equal(place.text.content[place.offset], all[number % all.length]);
        assert.equal(place.text.content.split("\n")[place.line - 1].length >= place.column - 1, true);
        const before = place.text.content
          .split("\n")
          .slice(0, place.line - 1)
          .join("\n").length;
        assert.equal(before + (place.line > 1 ? 1 : 0) + place.column - 1, place.offset);
      }),
    );
  });

  it("refuses an offset that is none of its own", () => {
    const library = new TextLibrary([text("abc")]);
    assert.throws(() => library.locate(3), { message: "Expected `offset` from 0 to 2, got 3" });
    assert.throws(() => library.locate(-1));
    assert.throws(() => library.locate(NaN));
  });

  it("knows the characters of all texts, held out or not", () => {
    const library = new TextLibrary([text("aaaaaaaaab"), text("c")], { validation: 0.1 });
    assert.deepEqual(library.vocabulary.tokens, ["\ufffd", "a", "b", "c"]);
  });

  it("counts characters, words and lines", () => {
    const [statistics] = new TextLibrary([text("One whale 🐋.\nTwo\n")], { validation: 0.25 }).statistics();
    assert.deepEqual(statistics, {
      title: "Test",
      author: "",
      source: "string",
      characters: 17,
      words: 4,
      lines: 2,
      distinctCharacters: 13,
      weight: 1,
      trainingCharacters: 13,
      validationCharacters: 4,
    });
  });

  it("refuses to be without texts, or with an empty one", () => {
    assert.throws(() => new TextLibrary([]), /at least one text, got none/);
    assert.throws(() => new TextLibrary([text("", "Void")]), {
      message: 'Expected words in "Void", got an empty text',
    });
  });
});

describe("TextLibrary.open", () => {
  it("reads sources of every kind in their order, and tells how many are done", () =>
    withServer(files({ "/sea.txt": "Waves and waves.\n" }), async (server, scratch) => {
      const reports: Progress[] = [];
      const onProgress = (progress: Progress) => reports.push(progress);
      const library = await TextLibrary.open(
        [
          { text: "Mine.", title: "Mine" },
          `${server.url}/sea.txt`,
          { corpus: "state-of-the-union", presidents: ["Lincoln", "Obama"] },
        ],
        { ...quick, cache: scratch, onProgress },
      );
      assert.deepEqual(
        library.texts.map(({ title }) => title),
        ["Mine", "sea", "State of the Union 1861–1864", "State of the Union 2009–2016"],
      );
      const sources = reports.filter(({ unit }) => unit === "sources");
      assert.deepEqual(
        sources.map(({ done, total }) => [done, total]),
        [
          [1, 3],
          [2, 3],
          [3, 3],
        ],
      );
    }));

  it("lets a notebook without a connection know, so that it can go on otherwise", () =>
    withFolder(async (scratch) => {
      const server = await serve(files({}));
      await server.close();
      const options = { ...quick, mirrors: [server.url], cache: scratch };
      const failed = TextLibrary.open(["gutenberg:1342", "gutenberg:158", { corpus: "moby-dick" }], options);
      await assert.rejects(failed, UnreachableError);
    }));

  it("refuses what is no list", async () => {
    await assert.rejects(TextLibrary.open("emma.txt" as never), {
      message: 'Expected a list of sources, got "emma.txt"',
    });
  });

  it("makes a library of real novels out of a mirror, without a line of a licence or a transcriber", async function () {
    const mirror = realBooks(this);
    await withServer(folder(mirror), async (server, scratch) => {
      const sources = [42671, 768, 144, 158].map((gutenberg) => ({ gutenberg }));
      const options = { ...quick, mirrors: [server.url], cache: path.join(scratch, "cache") };
      const library = await TextLibrary.open(sources, options);
      assert.deepEqual(
        library.texts.map(({ title, author }) => `${author}: ${title}`),
        [
          "Jane Austen: Pride and Prejudice",
          "Emily Bronte: Wuthering Heights",
          "Virginia Woolf: The Voyage Out",
          "Jane Austen: Emma",
        ],
      );
      assert.deepEqual(library.notices, []);
      for (const { content } of library.training) {
        assert.doesNotMatch(content, /gutenberg|transcriber|^produced by|transcribed from|https?:/im);
      }
      assert.equal(library.validation.length, 4);
    });
  });
});
