import assert from "node:assert/strict";
import fc from "fast-check";
import { parseHTML } from "linkedom";
import { overlay, showOverlay } from "../../../lib/show/overlay/overlay";
import { overlayPage } from "../../../lib/show/page/save-overlay";
import { visible } from "../../../lib/show/style/visible";
import { trace } from "../../../lib/trace/trace";
import { textOf } from "../../trace/texts";
import { inRecordedNotebook } from "../watch/recording";

const voyage = textOf(
  "As the streets that lead from the Strand to the Embankment are very narrow.",
  "The Voyage Out",
);
const emma = textOf(
  "Emma Woodhouse, handsome, clever, and rich.\nAs the streets that lead on.",
  "Emma",
  "Jane Austen",
);
const library = [voyage, emma];

interface Element {
  readonly textContent: string;
  readonly outerHTML: string;
  readonly tagName: string;
  readonly attributes: Iterable<{ name: string }>;
  getAttribute(name: string): string;
  querySelectorAll(selector: string): Element[];
  remove(): void;
}

function parse(html: string): Element {
  return (parseHTML(`<!doctype html><html><body>${html}</body></html>`) as unknown as { document: Element })
    .document;
}

function all(html: string, selector: string): Element[] {
  return [...parse(html).querySelectorAll(selector)];
}

/** The marks of the samples, without those of the books that open in them. */
function samplesMarks(html: string): Element[] {
  return all(html, "figure div > mark");
}

/** Their words. */
function marked(html: string): string[] {
  return samplesMarks(html).map((mark) => mark.textContent);
}

describe("overlay(trace)", () => {
  it("marks what is copied and names its text by its number in the library", () => {
    const html = overlay(trace("I knew Emma Woodhouse, handsome, clever, and poor.", library));
    assert.deepEqual(marked(html), ["Emma Woodhouse, handsome, clever, and"]);
    assert.deepEqual(
      all(html, "figure sup").map((note) => note.textContent),
      ["[2]"],
    );
  });

  it("says length, number, text and line where one points at a passage", () => {
    const html = overlay(trace("As the streets that lead", library));
    const [mark] = all(html, "figure mark");
    assert.equal(
      mark.getAttribute("title"),
      "24 characters, 2 times\n[1] The Voyage Out: line 1\n[2] Emma, Jane Austen: line 2",
    );
  });

  it("shows a passage of two texts on the colours of both", () => {
    const [both] = all(overlay(trace("As the streets that lead", library)), "mark");
    const [one] = all(overlay(trace("from the Strand to the Embankment", library)), "mark");
    assert.match(
      both.getAttribute("style"),
      /linear-gradient\(to bottom,(#\w+) 0%,\1 50%,(#\w+) 50%,\2 100%\)/,
    );
    assert.doesNotMatch(one.getAttribute("style"), /linear-gradient/);
  });

  it("gives overlapping passages a line each, and the piece that they share the words of both", () => {
    const texts = [textOf("the cat sat on the mat"), textOf("sat on the mat and slept")];
    const html = overlay(trace("the cat sat on the mat and slept", texts));
    assert.deepEqual(marked(html), ["the cat ", "sat on the mat", " and slept"]);
    const lines = samplesMarks(html).map((mark) => /box-shadow:(.*?);/.exec(mark.getAttribute("style"))?.[1]);
    const lower = /0 3px 0 #\w+,0 5px 0 #\w+$/;
    assert.doesNotMatch(lines[0] ?? "", lower);
    assert.match(lines[1] ?? "", lower);
    assert.match(lines[2] ?? "", lower);
    const shared = samplesMarks(html)[1].getAttribute("title");
    assert.match(shared, /22 characters, once\n\[1\].*\n\n24 characters, once\n\[2\]/s);
  });

  it("colours a text alike in all samples of a library", () => {
    const [alone] = all(overlay(trace("Emma Woodhouse, handsome", library)), "mark");
    const together = samplesMarks(
      overlay(trace("Strand to the Embankment. Emma Woodhouse, handsome", library)),
    );
    assert.equal(alone.getAttribute("style"), together[1].getAttribute("style"));
    assert.notEqual(alone.getAttribute("style"), together[0].getAttribute("style"));
  });

  it("has a stronger ground for a longer copy", () => {
    const grounds = ["that lead from the Strand", voyage.content].map((sample) => {
      const [mark] = all(overlay(trace(sample, library)), "mark");
      return /background-color:(#\w+)/.exec(mark.getAttribute("style"))?.[1];
    });
    assert.notEqual(grounds[0], grounds[1]);
  });

  it("lists the texts with share, longest copy and number of passages, the one that has given most first", () => {
    const html = overlay(trace("lead from the Strand to!! Emma Woodhouse, handsome, clever!", library));
    const rows = all(html, "tbody tr").map((row) =>
      [...row.querySelectorAll("td, th")].map((cell) => cell.textContent),
    );
    assert.deepEqual(rows, [
      ["[2]", "Emma, Jane Austen", "58.7%", "32", "1"],
      ["[1]", "The Voyage Out", "41.3%", "23", "1"],
    ]);
  });

  it("opens the longest passages at their [n], with the text around them in their books", () => {
    const html = overlay(trace("handsome, clever, and rich! from the Strand to the Em", library), {
      opened: 1,
      around: 12,
    });
    const details = all(html, "figure mark + details");
    assert.equal(details.length, 1);
    assert.equal(details[0].querySelectorAll("summary")[0].textContent, "[2]");
    assert.equal(
      details[0].querySelectorAll("summary")[0].getAttribute("title"),
      "26 characters, once\n[2] Emma, Jane Austen: line 1",
    );
    const [, said, book, excerpt] = details[0].querySelectorAll("span");
    assert.equal(said.textContent, "26 characters, once");
    assert.equal(book.textContent, "Emma, Jane Austen, line 1");
    assert.equal(excerpt.textContent, "…Woodhouse, handsome, clever, and rich.\nAs the…");
    assert.ok(html.includes("opens its passage in its book: the 1 longest of 2 passages open"));
  });

  it("marks an opened passage as long as it is in each book, whatever it is in the sample", () => {
    const forms = ["He went  out.\n\n        Then he came back", "He went out. Then he came back"];
    const accents = ["The café of the hôtel by the sea", "The café of the hôtel by the sea".normalize("NFD")];
    for (const [one, other] of [forms, [...forms].reverse(), accents, [...accents].reverse()]) {
      const books = [one, other].map((words) =>
        textOf(`Before. ${words} to the house. And so on.`, "A book"),
      );
      const html = overlay(trace(`«${one}»`, books, { collapseWhitespace: true }));
      const marks = all(html, "figure details mark").map(({ textContent }) => textContent);
      assert.deepEqual(marks, [one, other]);
      assert.equal(all(html, "figure div[dir] > mark")[0].textContent, one);
    }
  });

  it("shows a sample as it was given, with what nobody sees", () => {
    const given = "\ufeffThe cafe\u0301 of the ho\u00adtel\r\nby the sea";
    const html = overlay(trace(given, [textOf("The café of the hotel\nby the sea")]));
    const document = parse(html);
    document.querySelectorAll("figure details, figure sup").forEach((note) => note.remove());
    assert.equal(document.querySelectorAll("figure div[dir]")[0].textContent, visible(given));
    assert.equal(document.querySelectorAll("figure mark").length, 1);
  });

  it("opens each of overlapping passages, though one [n] is enough for their text", () => {
    const text = [textOf("the cat sat on the mat. Then: sat on the mat and slept")];
    const traced = trace("the cat sat on the mat and slept", text);
    assert.equal(traced.passages.length, 2);
    assert.equal(all(overlay(traced), "figure details").length, 2);
    assert.equal(all(overlay(traced, { opened: 0 }), "figure sup").length, 1);
  });

  it("keeps a picture for pages that take the styles off, hidden by a style", () => {
    const html = overlay(trace("Emma Woodhouse, handsome", library));
    const [picture] = all(html, "div[style='display:none'] > img");
    assert.equal(picture.getAttribute("alt"), "100.0% copied · longest 24 characters · 1 passage");
    assert.match(picture.getAttribute("src"), /^data:image\/svg\+xml;base64,/);
  });

  it("shows the beginning of a sample for which there is no room, says so, and opens what it shows", () => {
    const sample = "from the Strand to the Embankment! Emma Woodhouse, handsome, clever, and rich!";
    const html = overlay(trace(sample, library), { room: 400, opened: 1 });
    assert.deepEqual(marked(html), ["from the Strand to the Embankment"]);
    assert.equal(all(html, "figure mark + details").length, 1);
    assert.match(html, /… the first \d+ of 78 characters; saveOverlay writes all of them to a page/);
    assert.equal(marked(overlayPage(trace(sample, library))).length, 2);
  });

  it("keeps a notebook light whatever the sample, cut nowhere within a character", () => {
    const words = Array.from({ length: 6000 }, (_, index) => `${index.toString(36)} is number ${index}`);
    const many = trace(words.join("!"), [textOf(words.join("?"))], { minLength: 10 });
    assert.equal(many.passages.length, 6000);
    for (const traced of [many, trace("😀".repeat(1_000_000), library)]) {
      const html = overlay(traced, { scripted: true });
      assert.ok(html.length < 1_350_000, `${html.length} characters`);
      assert.doesNotMatch(html, /⟨U\+/);
    }
  });

  it("says so where nothing is copied", () => {
    const html = overlay(trace("Nothing of it.", library));
    assert.equal(
      all(html, "body")[0].textContent,
      "nothing of 20 characters or more is copiedNothing of it.",
    );
    assert.deepEqual(all(html, "mark, table, details"), []);
  });

  it("shows several samples with one list of sources", () => {
    const traces = ["Emma Woodhouse, handsome, clever", "Strand to the Embankment"].map((sample, index) => ({
      label: `sample ${index}`,
      trace: trace(sample, library),
    }));
    const html = overlay(traces);
    assert.deepEqual(
      all(html, "figcaption strong:first-child").map((name) => name.textContent),
      ["sample 0", "sample 1"],
    );
    assert.equal(all(html, "table").length, 1);
    assert.equal(all(html, "tbody tr").length, 2);
  });

  it("refuses samples that were traced in different texts, and no samples", () => {
    const traces = [library, [emma, voyage]].map((texts, index) => ({
      label: `run ${index}`,
      trace: trace("", texts),
    }));
    assert.throws(() => overlay(traces), {
      message: 'Expected all samples to be traced in the same texts, but "run 1" and "run 0" are not',
    });
    assert.throws(() => overlay([]), /got none/);
  });

  it("uses only elements and attributes that JupyterLab keeps in notebooks that are not trusted", () => {
    const html = overlay(trace("As the streets that lead! Emma Woodhouse, handsome", library));
    const attributes = new Set(
      all(html, "body *").flatMap((one) => [...one.attributes].map(({ name }) => name)),
    );
    assert.deepEqual([...attributes].sort(), ["alt", "dir", "scope", "src", "style", "title"]);
    assert.deepEqual(all(html, "style, script, svg, iframe"), []);
    assert.doesNotMatch(html, /var\(|light-dark|color-scheme/);
  });

  it("keeps every character of the sample, whatever characters they are", () => {
    const words = fc.string({
      unit: fc.constantFrom("a", "b", " ", "\n", "<", "&", '"', "😀", "\u202e"),
      maxLength: 60,
    });
    fc.assert(
      fc.property(words, fc.array(words, { maxLength: 3 }), (sample, contents) => {
        const texts = contents.map((content) => textOf(content, "<i>", "&"));
        const document = parse(overlay(trace(sample, texts, { minLength: 3 })));
        document.querySelectorAll("figure details, figure sup").forEach((note) => note.remove());
        assert.equal(document.querySelectorAll("figure div[dir]")[0].textContent, visible(sample));
        assert.equal(document.querySelectorAll("i").length, 0);
      }),
      { numRuns: 300 },
    );
  });
});

describe("showOverlay(trace)", () => {
  it("shows colours in a notebook, with a filter where it is trusted, and its plain text without any", async () => {
    const traced = trace("Emma Woodhouse, handsome", library);
    const [output] = await inRecordedNotebook(() => showOverlay(traced));
    const [html] = output.html;
    const [mark] = all(html, "figure mark");
    assert.equal(mark.getAttribute("data-copies"), "1:24");
    const plain = html.replace(/<script>.*<\/script>/s, "").replace(/ data-\w+="[^"]*"/g, "");
    assert.equal(plain, overlay(traced));
    assert.match(output.text[0], /«Emma Woodhouse, handsome»\[2\]/);
  });
});
