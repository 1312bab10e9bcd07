/** The words of a PDF, which knows places of letters and no paragraphs: these are guessed in `pdf-lines.ts`. */
import type { Words } from "../docx";
import { frontOfSaid, type Front } from "../front";
import { Aside } from "../left-out";
import { type Item, linesOf } from "./pdf-letters";
import { type Page, paragraphsOf } from "./pdf-lines";
import { textOf } from "../paragraphs";
import { Refused } from "../refuse";
import type { PdfDocument, Unpdf } from "./unpdf";

/**
 * @throws Refused where it is damaged, protected by a password, or has no text
 */
export async function readPdf(
  bytes: Uint8Array,
  onPage?: (done: number, total: number) => void,
): Promise<Words & { readonly notices: readonly string[] }> {
  // Wanted for this alone: it takes 0.2 s to load.
  const { getDocumentProxy } = require("unpdf") as Unpdf;
  // What reads it takes the memory of the bytes for itself.
  const document = await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0 }).catch((error: Error) => {
    throw new Refused(error.name === "PasswordException" ? "lockedPdf" : "damaged", { cause: error });
  });
  try {
    const pages: Page[] = [];
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      const [left, , right] = page.view;
      pages.push({ width: right - left, lines: linesOf(items as Item[]) });
      page.cleanup();
      onPage?.(number, document.numPages);
    }
    const content = textOf(paragraphsOf(pages));
    if (content === "") throw new Refused("pictures");
    return { content, front: await frontOf(document), aside: new Aside(), notices: noticesOf(pages, bytes) };
  } catch (error) {
    throw error instanceof Refused ? error : new Refused("damaged", { cause: error });
  } finally {
    await document.destroy();
  }
}

/**
 * What stands in its information dictionary (ISO 32000-1, 14.3.3); nothing where that is damaged: its words may be
 * whole all the same.
 */
async function frontOf(document: PdfDocument): Promise<Front> {
  const { info } = await document.getMetadata().catch(() => ({ info: {} }));
  const { Title: title, Author: author } = info as Readonly<Record<string, unknown>>;
  const texts = (value: unknown) => (typeof value === "string" ? [value] : []);
  return frontOfSaid({ titles: texts(title), authors: texts(author) });
}

function noticesOf(pages: readonly Page[], bytes: Uint8Array): string[] {
  const notices = [
    "a PDF has no paragraphs: they were guessed from where its lines stand, and hyphens at ends of lines too; notes at the feet of pages stay among them",
  ];
  const empty = pages.filter(({ lines }) => lines.length === 0).length;
  if (empty > 0)
    notices.push(`${empty} of its ${pages.length} pages ${empty === 1 ? "has" : "have"} no text`);
  const end = String.fromCharCode(...bytes.subarray(-2048));
  if (!end.includes("%%EOF")) notices.push("its end is missing; what could be read was");
  return notices;
}
