import assert from "node:assert/strict";
import { readBytes } from "../../../../lib/text/encoding/decode";
import { pdfOf, type Placed } from "../made";

/** Lines of 60 letters of 7.2 points each, 14 points apart. */
const full = (word: string) => `${word} `.repeat(60).slice(0, 60).trim().padEnd(60, "x");
const linesFrom = (y: number, ...lines: readonly (readonly [string, number?])[]): Placed[] =>
  lines.map(([words, indent = 0], index) => [words, 72 + indent, y - 14 * index]);
const read = async (pages: Placed[][]) => (await readBytes(pdfOf(pages), "a.pdf")).content;

describe("a PDF", () => {
  it("has paragraphs that are guessed from indents, gaps and short lines, also across pages, which a notice says", async () => {
    const pages = [
      [
        ...linesFrom(700, [full("one")], [full("two")], ["end."]),
        ...linesFrom(658, [full("next")], [full("four")]),
      ],
      linesFrom(700, [full("five")], ["done."], [full("indented"), 18], [full("six")]),
    ];
    const { content, notices } = await readBytes(pdfOf(pages), "a.pdf");
    assert.deepEqual(content.trimEnd().split("\n\n"), [
      `${full("one")} ${full("two")} end.`,
      `${full("next")} ${full("four")} ${full("five")} done.`,
      `${full("indented")} ${full("six")}`,
    ]);
    assert.deepEqual(notices, [
      "a.pdf: a PDF has no paragraphs: they were guessed from where its lines stand, and hyphens at ends of lines too; notes at the feet of pages stay among them",
    ]);
  });

  it("keeps the lines of poems, stanzas apart", async () => {
    const poem = [
      ...linesFrom(700, [full("prose")], [full("goes")], [full("on")], ["and ends."]),
      ...linesFrom(630, ["O Rose, thou"], ["art sick!"], ["The worm"]),
      ...linesFrom(574, ["Has found"], ["thy bed"]),
    ];
    assert.match(await read([poem]), /ends\.\n\nO Rose, thou\nart sick!\nThe worm\n\nHas found\nthy bed\n$/);
  });

  it("takes heads, feet and numbers of pages off, and a hyphen where the word stands elsewhere without", async () => {
    const pages = [1, 2, 3].map((number): Placed[] => [
      ["A NOVEL", 250, 750],
      ...linesFrom(
        700,
        [`${full("humour").slice(0, 55)} hum-`],
        ["our and a good-"],
        [`${number} humoured man`],
      ),
      [`${number}`, 300, 40],
    ]);
    const content = await read(pages);
    assert.ok(!content.includes("NOVEL"));
    assert.match(content, / humour and a good-/);
    assert.equal(content.match(/humoured man$/gm)?.length, 3);
  });

  it("that is damaged or holds pictures alone is refused, with the steps", async () => {
    await assert.rejects(
      readBytes(pdfOf([[], []]), "scan.pdf"),
      /^Error: Expected a text in scan\.pdf, found a PDF without text: its pages are pictures\. .*ocrmypdf old\.pdf new\.pdf/,
    );
    await assert.rejects(
      readBytes(Buffer.from("%PDF-1.4\nnothing"), "a.pdf"),
      /^Error: Expected a text in a\.pdf, found a damaged document\./,
    );
    const locked =
      "/Encrypt << /Filter /Standard /V 1 /R 2 /O <" +
      "00".repeat(32) +
      "> /U <" +
      "11".repeat(32) +
      "> /P -4 >> /ID [<00> <00>] ";
    await assert.rejects(
      readBytes(pdfOf([[["x", 72, 700]]], locked), "a.pdf"),
      /^Error: Expected a text in a\.pdf, found a PDF that is protected by a password\. .*qpdf --decrypt/,
    );
  });

  it("tells of its pages, and of those without text", async () => {
    const told: number[] = [];
    const { notices } = await readBytes(pdfOf([[["x", 72, 700]], []]), "a.pdf", {
      onProgress: ({ done, total }) => told.push(done, total as number),
    });
    assert.deepEqual(told, [1, 2, 2, 2]);
    assert.match(notices.join("\n"), /^a\.pdf: 1 of its 2 pages has no text$/m);
  });
});
