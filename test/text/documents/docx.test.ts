import assert from "node:assert/strict";
import { readBytes } from "../../../lib/text/encoding/decode";
import { docxOf, inWord } from "./made";

const read = (body: string, more?: Record<string, string>) => readBytes(docxOf(body, more), "a.docx");
const run = (inside: string) => `<w:r>${inside}</w:r>`;

describe("a Word document", () => {
  it("is its paragraphs, with a blank line between, or as they were typed where empty ones set others apart", async () => {
    assert.deepEqual(await read(inWord("It was a day &amp;", "another &#8212; day.", "")), {
      content: "It was a day &\n\nanother — day.\n",
      notices: [],
    });
    assert.equal(
      (await read(inWord("O Rose,", "thou art sick!", "", "The invisible worm"))).content,
      "O Rose,\nthou art sick!\n\nThe invisible worm\n",
    );
    const novel = Array.from({ length: 40 }, (_, index) => `Paragraph ${index}.`);
    const { content } = await read(inWord(...novel.slice(0, 20), "", ...novel.slice(20)));
    assert.match(content, /Paragraph 18\.\n\nParagraph 19\.\n\n\nParagraph 20\.\n\nParagraph 21\./);
  });

  it("keeps lines of poems, tabs, special hyphens, tables, and text boxes once, behind their paragraph", async () => {
    const box =
      "<mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>" +
      inWord("In a box") +
      "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>" +
      inWord("In a box") +
      "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent>";
    const { content, notices } = await read(
      `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>${run('<w:t xml:space="preserve">One </w:t><w:br/><w:tab/><w:t>two</w:t>')}` +
        `${run(box)}${run("<w:t>co</w:t><w:softHyphen/><w:t>operate to</w:t><w:noBreakHyphen/><w:t>day\u00a0x</w:t><w:br w:type='page'/>")}</w:p>` +
        `<w:tbl><w:tr><w:tc>${inWord("A")}</w:tc><w:tc>${inWord("B")}</w:tc></w:tr></w:tbl>`,
    );
    assert.equal(content, "One \n\ttwoco\u00adoperate to\u2011day\u00a0x\n\nIn a box\n\nA\n\nB\n");
    assert.deepEqual(notices, []);
  });

  it("leaves out notes, comments, tracked deletions and hidden text, and counts them", async () => {
    const hidden = (properties: string, words: string) =>
      run(`<w:rPr>${properties}</w:rPr><w:t>${words}</w:t>`);
    const { content, notices } = await read(
      `<w:p>${run("<w:t>Kept</w:t>")}${run('<w:footnoteReference w:id="1"/>')}${run("<w:endnoteReference/>")}` +
        `<w:ins>${run("<w:t> added</w:t>")}</w:ins><w:del>${run("<w:delText> gone</w:delText>")}</w:del>` +
        `<w:commentRangeStart/>${run("<w:commentReference/>")}${hidden("<w:vanish/>", " unseen")}` +
        `${hidden('<w:rStyle w:val="Secret"/>', " unseen")}${hidden('<w:vanish w:val="0"/>', " seen")}` +
        `${run("<w:instrText>PAGEREF x</w:instrText>")}</w:p>`,
      {
        "word/styles.xml":
          '<w:styles><w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>',
        "word/footnotes.xml": `<w:footnotes>${inWord("A note")}</w:footnotes>`,
      },
    );
    assert.equal(content, "Kept added seen\n");
    assert.deepEqual(notices, [
      "2 notes, 1 tracked deletion, 1 comment, 2 pieces of hidden text in a.docx were left out",
    ]);
  });

  it("is found where its package says, with any prefix, in UTF-16 too", async () => {
    const xml =
      '<?xml version="1.0" encoding="UTF-16"?><x:document><x:body><x:p><x:r><x:t>Où</x:t></x:r></x:p></x:body></x:document>';
    const bytes = docxOf("", {
      "_rels/.rels":
        '<Relationships><Relationship Type="http://x/officeDocument" Target="/doc/main.xml"/></Relationships>',
      "doc/main.xml": xml,
    });
    assert.equal((await readBytes(bytes, "a")).content, "Où\n");
  });
});
