/** Documents that cannot be read, and the steps that lead to one that can. */
import { NoText } from "../no-text";

/** What is said of each; the steps name menus as English programs have them. */
const refusals = {
  damaged: [
    "a damaged document",
    "damaged",
    "Take a fresh copy, or save it anew in the program that wrote it",
  ],
  tooLarge: [
    "a document larger than the 256 MB that are read",
    "too large",
    "Save it as plain text, or in several parts",
  ],
  oldWord: [
    "an old Word document (.doc)",
    "an old Word document",
    "In Word or LibreOffice: File > Save As > Word Document (.docx), or Plain Text (.txt)",
  ],
  locked: [
    "a document that is protected by a password",
    "protected by a password",
    "In Word: File > Info > Protect Document > Encrypt with Password, empty the field, and save it; in LibreOffice: File > Save As without “Save with password”",
  ],
  lockedPdf: [
    "a PDF that is protected by a password",
    "protected by a password",
    "Open it in a PDF reader with its password and print it into a new PDF, or: qpdf --decrypt --password=… old.pdf new.pdf",
  ],
  pdfInPage: [
    "a PDF, which a page does not read",
    "a PDF",
    "Save it as plain text: in Word, File > Open and then Save As > Plain Text (.txt), or: pdftotext book.pdf",
  ],
  drm: [
    "a book that is protected against copying (DRM)",
    "protected against copying (DRM)",
    "Only the seller's own programs open it: take an edition without DRM, such as Project Gutenberg's",
  ],
  pictures: [
    "a PDF without text: its pages are pictures",
    "pictures of pages",
    "Have its letters recognised first: ocrmypdf old.pdf new.pdf, or open it in Google Docs and save it as plain text",
  ],
  pages: [
    "a document of Apple's Pages, Numbers or Keynote",
    "a document of Apple's programs",
    "In Pages: File > Export To > Word or Plain Text",
  ],
  sheet: [
    "a spreadsheet",
    "a spreadsheet",
    "In Excel or LibreOffice: File > Save As > CSV UTF-8; then name the `column` of the texts",
  ],
  slides: [
    "a presentation",
    "a presentation",
    "In PowerPoint: File > Save As > Outline/RTF (.rtf); in LibreOffice: copy the text of its outline (View > Outline) into a .txt file",
  ],
  drawing: [
    "a document without running text",
    "a document without running text",
    "Save its text as a .txt file",
  ],
  kindle: [
    "a Kindle or Mobipocket book (.mobi, .azw, .azw3, .kfx)",
    "a Kindle book",
    "In Calibre: Convert books > Output format TXT or EPUB, or: ebook-convert book.mobi book.txt. One with DRM only Amazon's programs open",
  ],
  other: [
    "a document of another program",
    "a document of another program",
    "Open it in the program that wrote it, or in LibreOffice, and save it as plain text (.txt) or as .docx",
  ],
  archive: ["a ZIP archive", "a ZIP archive", "Unpack it first (unzip)"],
} as const satisfies Record<string, readonly [found: string, reason: string, steps: string]>;

export type Refusal = keyof typeof refusals;

/** Thrown while a document is read, before anybody knows its name. */
export class Refused extends Error {
  constructor(
    readonly why: Refusal,
    options?: ErrorOptions,
  ) {
    super(why, options);
  }
}

/** The error that the reader of a file sees. */
export function refusalOf(name: string, why: Refusal, options?: ErrorOptions): NoText {
  const [found, reason, steps] = refusals[why];
  return new NoText(`Expected a text in ${name}, found ${found}. ${steps}.`, reason, options);
}
