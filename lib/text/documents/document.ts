/**
 * Documents as texts: Word's .docx, LibreOffice's .odt, .epub, .rtf and .pdf, known by their content. What they are packed in
 * is in `zip.ts`, what is refused and how one gets a text all the same in `refuse.ts`.
 */
import path from "node:path";
import type { OnProgress } from "../../base/progress";
import type { Container } from "./kinds";
import type { Front } from "./front";
import { readDocx, type Words } from "./docx";
import { readEpub } from "./epub";
import { readOdt } from "./odt";
import { readPdf } from "./pdf/pdf";
import { refusalOf, type Refusal, Refused } from "./refuse";
import { readRtf } from "./rtf/rtf";
import { xmlText } from "./xml/xml-text";
import { mostBytes, Zip } from "./zip";

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

function readZip(bytes: Uint8Array): Words {
  const zip = new Zip(bytes);
  const type = zip.has("mimetype") ? latin1(zip.read("mimetype").subarray(0, 200)).trim() : "";
  if (type === "application/epub+zip" || (type === "" && zip.has("META-INF/container.xml")))
    return readEpub(zip);
  if (/^application\/vnd\.oasis\.opendocument\.text(?:-template|-master|-web)?$/.test(type))
    return readOdt(zip);
  if (/opendocument\.spreadsheet/.test(type)) throw new Refused("sheet");
  if (/opendocument\.presentation/.test(type)) throw new Refused("slides");
  if (/opendocument/.test(type)) throw new Refused("drawing");
  const { names } = zip;
  if (zip.has("[Content_Types].xml")) {
    const types = xmlText(zip.read("[Content_Types].xml"));
    if (/(?:wordprocessingml|ms-word)[^"]*\.main\+xml/.test(types)) return readDocx(zip);
    if (/(?:spreadsheetml|ms-excel)[^"]*\.main\+xml/.test(types)) throw new Refused("sheet");
    throw new Refused(/presentationml|ms-powerpoint/.test(types) ? "slides" : "other");
  }
  if (names.some((name) => /(?:^|\/)Index(?:\.zip|\/.*\.iwa)$/.test(name))) throw new Refused("pages");
  throw new Refused("archive");
}

/** What Microsoft's older files hold, by the names of their streams in UTF-16. */
function kindOfOle(bytes: Uint8Array): Refusal {
  const all = new TextDecoder("windows-1252").decode(bytes);
  const has = (name: string) => all.includes([...name].join("\0"));
  if (has("EncryptedPackage")) return "locked";
  if (has("WordDocument")) return "oldWord";
  if (has("Workbook")) return "sheet";
  return has("PowerPoint Document") ? "slides" : "other";
}

function kindOfForeign(bytes: Uint8Array): Refusal {
  return /BOOKMOBI|TEXtREAd|^\xeaDRMION|^CONT/.test(latin1(bytes.subarray(0, 128))) ? "kindle" : "other";
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
