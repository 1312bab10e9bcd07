import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { readBytes } from "../../../lib/text/encoding/decode";
import { TextLibrary } from "../../../lib/text/library";
import { StreamedLibrary } from "../../../lib/text/stream/streamed-library";
import { docxOf, epubOf, inWord, odtOf, pdfOf, zipOf } from "./made";

const core = (inside: string) => `<?xml version="1.0"?><cp:coreProperties>${inside}</cp:coreProperties>`;
const docx = (inside: string) =>
  docxOf(inWord("It was a day.", "And a night."), { "docProps/core.xml": core(inside) });
const frontOf = async (bytes: Uint8Array) => {
  const { title, author } = await readBytes(bytes, "a");
  return [title, author];
};

describe("what a document says of itself", () => {
  it("is its title and its author, in Word, LibreOffice and EPUB", async () => {
    const said = "<dc:title>Letters &amp; \n Notes</dc:title><dc:creator>Ada Byron</dc:creator>";
    assert.deepEqual(await frontOf(docx(said)), ["Letters & Notes", "Ada Byron"]);
    const meta = `<office:document-meta><office:meta><meta:initial-creator>Ada Byron</meta:initial-creator><dc:title>Letters</dc:title><dc:creator>Who saved it last</dc:creator></office:meta></office:document-meta>`;
    assert.deepEqual(await frontOf(odtOf("<text:p>It was.</text:p>", { "meta.xml": meta })), [
      "Letters",
      "Ada Byron",
    ]);
    const metadata =
      "<metadata><dc:title>Emma</dc:title><dc:title>A Novel</dc:title><dc:creator>Jane Austen</dc:creator><dc:creator>Somebody Else</dc:creator></metadata>";
    const book = epubOf({ "one.xhtml": "<p>It was.</p>" });
    assert.deepEqual(await frontOf(book), [undefined, undefined]);
    const named = zipOf({
      mimetype: "application/epub+zip",
      "META-INF/container.xml": '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>',
      "b.opf": `<package>${metadata}<manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c"/></spine></package>`,
      "c.xhtml": "<html><head><title>Not this one</title></head><body><p>It was.</p></body></html>",
    });
    assert.deepEqual(await frontOf(named), ["Emma", "Jane Austen, Somebody Else"]);
  });

  it("is its title and its author in Rich Text Format, in whatever encoding, and in a PDF", async () => {
    const rtf = (info: string) => frontOf(Buffer.from(`{\\rtf1\\ansi{\\info${info}}It was.}`, "latin1"));
    assert.deepEqual(
      await rtf("{\\title Letters \\endash  Notes}{\\author Ada Byron}{\\operator Who saved it}"),
      ["Letters – Notes", "Ada Byron"],
    );
    assert.deepEqual(
      await rtf(
        "{\\upr{\\title caf?}{\\*\\ud{\\title caf\\u233?}}}{\\author \\'c9mile}{\\*\\userprops{\\title No}}",
      ),
      ["café", "Émile"],
    );
    const pdf = (info: string) => frontOf(pdfOf([[["It was.", 72, 700]]], `/Info << ${info} >> `));
    assert.deepEqual(await pdf("/Title (Letters) /Author <FEFF004900640061>"), ["Letters", "Ida"]);
    assert.deepEqual(await pdf("/Title 7"), [undefined, undefined]);
  });

  it("does not count where it is a program's own words, the name of a file, or damaged", async () => {
    for (const title of ["", "Untitled", "Document1", "Microsoft Word - a.doc", "a.dvi", "x".repeat(201)])
      assert.deepEqual(
        await frontOf(docx(`<dc:title>${title}</dc:title><dc:creator>python-docx</dc:creator>`)),
        [undefined, undefined],
      );
    const broken = docxOf(inWord("It was."), { "docProps/core.xml": "<cp:coreProperties><dc:title" });
    assert.equal((await readBytes(broken, "a")).content, "It was.\n");
  });

  it("names the text in a library, also a streamed one, unless the user gives another name", async () => {
    const scratch = await mkdtemp(path.join(tmpdir(), "palimpsest-"));
    const file = path.join(scratch, "export (3).docx");
    await writeFile(file, docx("<dc:title>Letters</dc:title><dc:creator>Ada Byron</dc:creator>"));
    const named = ({ texts }: { texts: readonly { title: string; author: string }[] }) =>
      texts.map(({ title, author }) => [title, author]);
    assert.deepEqual(named(await TextLibrary.open([file])), [["Letters", "Ada Byron"]]);
    assert.deepEqual(named(await TextLibrary.open([{ file, title: "Mine" }])), [["Mine", "Ada Byron"]]);
    const streamed = await StreamedLibrary.open([file], { cache: scratch });
    assert.deepEqual(named(streamed), [["Letters", "Ada Byron"]]);
    streamed.close();
    await rm(scratch, { recursive: true });
  });
});
