import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { decode, readBytes, readText } from "../../../lib/text/encoding/decode";
import { TextLibrary } from "../../../lib/text/library";
import { readSource } from "../../../lib/text/sources/sources";
import { StreamedLibrary } from "../../../lib/text/stream/streamed-library";
import { withFolder, withServer } from "../server";
import { docxOf, epubOf, inWord, odtOf, pdfOf, zipOf } from "./made";

const words = "It was a day.";
const documents: Readonly<Record<string, Uint8Array>> = {
  docx: docxOf(inWord(words)),
  odt: odtOf(`<text:p>${words}</text:p>`),
  epub: epubOf({ "a.xhtml": `<p>${words}</p>` }),
  rtf: Buffer.from(`{\\rtf1 ${words}}`),
  pdf: pdfOf([[[words, 72, 700]]]),
};
const messageOf = (bytes: Uint8Array, name = "a.docx") =>
  readBytes(bytes, name).then(
    ({ content }) => assert.fail(content),
    (error: Error) => error.message,
  );

/** A file of Microsoft's older programs with a stream of a name. */
const oleOf = (stream: string) =>
  Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(1000), Buffer.from(stream, "utf16le")]);

describe("a document", () => {
  for (const [ending, bytes] of Object.entries(documents))
    it(`.${ending} is known by its content: by any name, packed, as bytes, at an address, streamed`, () =>
      withServer(
        (_, response) => {
          response.writeHead(200, { "content-length": bytes.length });
          response.end(bytes);
        },
        async (server, scratch) => {
          const content = `${words}\n`;
          const plain = path.join(scratch, "plain.txt");
          const packed = path.join(scratch, "packed.gz");
          await writeFile(plain, bytes);
          await writeFile(packed, gzipSync(bytes));
          assert.equal((await readText(plain)).content, content);
          assert.equal((await readText(packed)).content, content);
          const given = [{ bytes, name: "Standard input" }, { url: `${server.url}/a` }, plain];
          for (const source of given) {
            const [text] = await readSource(source, { cache: scratch, retries: 0 });
            assert.equal(text.content, content);
          }
          for (const file of [plain, packed]) {
            const streamed = await StreamedLibrary.open([file], { cache: scratch });
            const whole = await TextLibrary.open([file]);
            assert.deepEqual(
              [streamed.texts[0].content, streamed.texts[0].title, streamed.notices],
              [content, whole.texts[0].title, whole.notices],
            );
            streamed.close();
          }
          assert.throws(
            () => decode(bytes, "a"),
            /^Error: Expected plain text in a, found a document: `readBytes` reads it$/,
          );
        },
      ));

  it("has no licence of Project Gutenberg, and the title of its head, as a book has in plain text", async () => {
    const book =
      "Title: Emma|Author: Jane Austen|*** START OF THE PROJECT GUTENBERG EBOOK EMMA ***|It was a day.|*** END OF THE PROJECT GUTENBERG EBOOK EMMA ***|License";
    const [text] = await readSource({ bytes: docxOf(inWord(...book.split("|"))), name: "a" }, {});
    assert.deepEqual([text.title, text.author, text.content], ["Emma", "Jane Austen", "It was a day.\n"]);
  });

  it("says itself how it is encoded, which a notice tells where an encoding was named", async () => {
    const { content, notices } = await readBytes(documents.odt, "a.odt", { encoding: "koi8-r" });
    assert.equal(content, `${words}\n`);
    assert.deepEqual(notices, [
      "a.odt is a document and says itself how it is encoded; `encoding` was not used",
    ]);
  });

  it("of a kind that is not read is refused by what it is, with the steps that lead to a text", async () => {
    const kindle = Buffer.concat([Buffer.alloc(60), Buffer.from("BOOKMOBI"), Buffer.alloc(100)]);
    const type = (main: string) =>
      zipOf({ "[Content_Types].xml": `<Override ContentType="application/vnd.${main}.main+xml"/>` });
    const kinds: [Uint8Array, RegExp][] = [
      [oleOf("WordDocument"), /an old Word document \(\.doc\)\. In Word or LibreOffice: File > Save As/],
      [
        oleOf("EncryptedPackage"),
        /a document that is protected by a password\. In Word: File > Info > Protect Document/,
      ],
      [oleOf("Workbook"), /a spreadsheet\. .*CSV UTF-8/],
      [oleOf("x"), /a document of another program\. /],
      [kindle, /a Kindle or Mobipocket book .*ebook-convert book\.mobi book\.txt/],
      [type("openxmlformats-officedocument.spreadsheetml.sheet"), /a spreadsheet\. In Excel/],
      [type("openxmlformats-officedocument.presentationml.presentation"), /a presentation\. In PowerPoint/],
      [zipOf({ mimetype: "application/vnd.oasis.opendocument.spreadsheet" }), /a spreadsheet\. /],
      [
        zipOf({ "Index/Document.iwa": "x" }),
        /a document of Apple's Pages, Numbers or Keynote\. In Pages: File > Export To/,
      ],
      [zipOf({ "a.txt": "x" }), /a ZIP archive\. Unpack it first \(unzip\)/],
    ];
    for (const [bytes, said] of kinds) {
      const message = await messageOf(bytes, "a.txt");
      assert.match(message, /^Expected a text in a\.txt, found /);
      assert.match(message, said);
    }
  });

  it("that is damaged is refused, whatever byte of its words is wrong, and wherever it breaks off", async () => {
    const bytes = docxOf(inWord("It was a day and another day, and then no day."));
    const start = Buffer.from(bytes).indexOf("word/document.xml") + "word/document.xml".length;
    for (let at = start; at < start + 60; at += 3) {
      const broken = Uint8Array.from(bytes);
      broken[at] ^= 0x55;
      assert.match(await messageOf(broken), /^Expected a text in a\.docx, found a damaged document\./);
    }
    for (const length of [4, 30, 200, bytes.length - 30])
      assert.match(await messageOf(bytes.subarray(0, length)), /found a damaged document/);
  });

  it("that would unpack to gigabytes, or is nested by the hundred thousand, is refused", async () => {
    const zeros = zipSync({ "a.xml": new Uint8Array(2 ** 24) });
    assert.ok(zeros.length < 2 ** 15);
    // A directory that tells of 3 GB.
    const bomb = Buffer.from(docxOf(inWord(words)));
    const entry = bomb.indexOf("word/document.xml", bomb.indexOf("PK\x01\x02")) - 46;
    bomb.writeUInt32LE(3e9, entry + 24);
    assert.match(
      await messageOf(bomb),
      /found a document larger than the 256 MB that are read\. Save it as plain text/,
    );
    // One that holds more than it tells of.
    const liar = Buffer.from(docxOf(inWord("It was a day. ".repeat(1000))));
    liar.writeUInt32LE(100, liar.indexOf("word/document.xml", liar.indexOf("PK\x01\x02")) - 46 + 24);
    assert.match(await messageOf(liar), /found a damaged document/);
    assert.match(await messageOf(docxOf("<w:a>".repeat(200_000))), /found a damaged document/);
    assert.match(await messageOf(Buffer.from(`{\\rtf1 ${"{".repeat(200_000)}`)), /found a damaged document/);
  });

  it("without words is refused as an empty file is", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "empty.docx");
      await writeFile(file, docxOf(inWord("")));
      await assert.rejects(readText(file), { message: `Expected a text in ${file}, found an empty file` });
    }));

  it("is one of the texts of a folder, and bad ones do not stop the others: all is told, streamed too", () =>
    withFolder(async (scratch) => {
      const folder = path.join(scratch, "texts");
      await mkdir(folder);
      const contents: Record<string, Uint8Array | string> = {
        "a.txt": "Words.",
        ...Object.fromEntries(Object.entries(documents).map(([ending, bytes]) => [`b.${ending}`, bytes])),
        "bad.docx": docxOf(inWord(words)).subarray(0, 100),
        "bad.txt.gz": gzipSync("Words and words.").subarray(0, 20),
        "book.epub": oleOf("WordDocument"),
        "empty.txt": " ",
        "other.txt": "\xfd7zXZ\0\0\x04",
        "scan.pdf": pdfOf([[]]),
        "sheet.xlsx": "x",
      };
      for (const [name, content] of Object.entries(contents))
        await writeFile(
          path.join(folder, name),
          typeof content === "string" ? Buffer.from(content, "latin1") : content,
        );
      const library = await TextLibrary.open([folder]);
      assert.deepEqual(
        library.texts.map(({ source }) => path.basename(source)),
        ["a.txt", "b.docx", "b.epub", "b.odt", "b.pdf", "b.rtf"],
      );
      assert.equal(
        library.notices[0],
        `In the folder ${folder} 7 files were left out: 1 an old Word document (book.epub), 1 an xz file (other.txt), ` +
          "2 damaged (bad.docx, bad.txt.gz), 1 empty (empty.txt), 1 pictures of pages (scan.pdf), " +
          "1 without .txt, .docx, .odt, .epub, .rtf or .pdf at the end (sheet.xlsx). " +
          "Opened by itself, a file says what to do about it",
      );
      const streamed = await StreamedLibrary.open([folder], { cache: scratch });
      assert.deepEqual(streamed.notices, library.notices);
      assert.deepEqual(
        streamed.texts.map(({ content }) => content),
        library.texts.map(({ content }) => content),
      );
      streamed.close();
    }));

  it("gives short texts, between separators or by columns", async () => {
    const bytes = docxOf(inWord("one", "two", "", "three"));
    const texts = await readSource({ bytes, name: "a", separator: "\n" }, {});
    assert.deepEqual(
      texts.map(({ content }) => content),
      ["one", "two", "three"],
    );
    const table = docxOf("<w:p><w:r><w:t>author,text</w:t><w:br/><w:t>Bashō,An old pond</w:t></w:r></w:p>");
    const [row] = await readSource({ bytes: table, name: "a", column: "text", labels: ["author"] }, {});
    assert.deepEqual([row.content, row.labels], ["An old pond", { author: "Bashō" }]);
  });
});
