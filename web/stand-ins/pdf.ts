/** Stands for `lib/text/documents/pdf/pdf.ts` in a page, where what reads a PDF would be 1.5 MB: it says what to do instead. */
import { Refused } from "../../lib/text/documents/refuse";

export function readPdf(): never {
  throw new Refused("pdfInPage");
}
