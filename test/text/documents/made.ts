/** Documents for tests, made here. */
import { strToU8, zipSync, type Zippable } from "fflate";

export function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const bytes = Object.entries(files).map(([name, content]): [string, Uint8Array] => [
    name,
    typeof content === "string" ? strToU8(content) : content,
  ]);
  return zipSync(Object.fromEntries(bytes) as Zippable);
}

const wordTypes =
  '<Types><Override PartName="/word/document.xml" ContentType=' +
  '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';

/** A Word document with a body. */
export function docxOf(body: string, more: Readonly<Record<string, string>> = {}): Uint8Array {
  return zipOf({
    "[Content_Types].xml": wordTypes,
    "word/document.xml": `<?xml version="1.0" encoding="UTF-8"?><w:document><w:body>${body}</w:body></w:document>`,
    ...more,
  });
}

/** A paragraph of Word for each. */
export function inWord(...paragraphs: readonly string[]): string {
  return paragraphs.map((words) => `<w:p><w:r><w:t>${words}</w:t></w:r></w:p>`).join("");
}

/** An OpenDocument text. */
export function odtOf(text: string, more: Readonly<Record<string, string>> = {}): Uint8Array {
  return zipOf({
    mimetype: "application/vnd.oasis.opendocument.text",
    "content.xml": `<?xml version="1.0"?><office:document-content>${more.styles ?? ""}<office:body><office:text>${text}</office:text></office:body></office:document-content>`,
    ...Object.fromEntries(Object.entries(more).filter(([name]) => name !== "styles")),
  });
}

/** An EPUB with chapters, each the body of a page. */
export function epubOf(
  chapters: Readonly<Record<string, string | Uint8Array>>,
  { items = "", spine, more = {} }: { items?: string; spine?: string; more?: Record<string, string> } = {},
): Uint8Array {
  const names = Object.keys(chapters);
  const manifest = names.map(
    (name, index) => `<item id="c${index}" href="${name}" media-type="application/xhtml+xml"/>`,
  );
  const order = names.map((_, index) => `<itemref idref="c${index}"/>`);
  return zipOf({
    mimetype: "application/epub+zip",
    "META-INF/container.xml":
      '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
    "OPS/book.opf": `<package><manifest>${manifest.join("")}${items}</manifest><spine>${spine ?? order.join("")}</spine></package>`,
    ...Object.fromEntries(
      Object.entries(chapters).map(([name, body]) => [
        `OPS/${decodeURIComponent(name)}`,
        typeof body === "string"
          ? `<?xml version="1.0"?><html><head><title>T</title></head><body>${body}</body></html>`
          : body,
      ]),
    ),
    ...more,
  });
}

/** A line on a page: its words and where they begin, in points from the lower left corner. */
export type Placed = readonly [words: string, x: number, y: number];

/** A PDF of pages of 612 × 792 points, in letters of 12 points. */
export function pdfOf(pages: readonly (readonly Placed[])[], more = ""): Uint8Array {
  const kids = pages.map((_, index) => `${4 + 2 * index} 0 R`).join(" ");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ...pages.flatMap((lines, index) => {
      const content = lines.map(([words, x, y]) => `BT /F1 12 Tf ${x} ${y} Td (${words}) Tj ET`).join("\n");
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${5 + 2 * index} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  let file = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = places.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${more}>>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, "latin1");
}
