/**
 * Documents as texts: Word's .docx, LibreOffice's .odt, .epub, .rtf and .pdf, known by their content. What they are packed in
 * is in `zip.ts`, what is refused and how one gets a text all the same in `refuse.ts`.
 */
import path from "node:path";
import type { OnProgress } from "../../base/progress";
import { kindOfForeign, kindOfOle } from "./foreign";
import type { Container } from "./kinds";
import type { Front } from "./front";
import type { Words } from "./docx";
import { readPdf } from "./pdf/pdf";
import { refusalOf, Refused } from "./refuse";
import { readRtf } from "./rtf/rtf";
import { mostBytes } from "./zip";
import { readZip } from "./zipped";

export interface DocumentWords extends Front {
  readonly content: string;
  /** What was left out, and what is a guess; each a sentence. */
  readonly notices: readonly string[];
}

/**
 * The words of a document.
 *
 * @param options.name what an error and a notice call it
 * @param options.onProgress told of the pages of a PDF, which takes a second for each hundred
 * @throws NoText where it is damaged, protected, too large, has no words or is of a kind that is not read, with the steps that
 *   lead to a text
 */
export async function readDocument(
  bytes: Uint8Array,
  container: Container,
  { name, onProgress }: { readonly name: string; readonly onProgress?: OnProgress },
): Promise<DocumentWords> {
  try {
    if (bytes.length > mostBytes) throw new Refused("tooLarge");
    const {
      content,
      aside,
      front,
      notices = [],
    } = await read(bytes, container, (done, total) =>
      onProgress?.({ label: path.basename(name), done, total, unit: "pages" }),
    );
    return {
      ...front,
      content,
      notices: [...notices.map((notice) => `${name}: ${notice}`), ...aside.notices(name)],
    };
  } catch (error) {
    if (error instanceof Refused) throw refusalOf(name, error.why, { cause: error });
    throw error;
  }
}

async function read(
  bytes: Uint8Array,
  container: Container,
  onPage: (done: number, total: number) => void,
): Promise<Words & { readonly notices?: readonly string[] }> {
  if (container === "zip") return readZip(bytes);
  if (container === "rtf") return readRtf(bytes);
  if (container === "pdf") return readPdf(bytes, onPage);
  throw new Refused(container === "ole" ? kindOfOle(bytes) : kindOfForeign(bytes));
}
