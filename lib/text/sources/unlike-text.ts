/**
 * What is surely no text though an address gave it: web pages, error messages, pictures. Packed files pass: `decode.ts`
 * opens them.
 */
import { open } from "node:fs/promises";
import { containerOf } from "../documents/kinds";
import { packingOf } from "../packed/packing";

/** How much of a file is looked at, in bytes. */
export const headLength = 2 ** 16;

/** What files begin with that people mistake for texts. */
const KINDS: readonly [kind: string, magic: string][] = [
  ["a PDF file", "%PDF-"],
  ["a zip archive, or an .epub, .docx or .odt file", "PK\x03\x04"],
  ["a picture", "\x89PNG"],
  ["a picture", "\xff\xd8\xff"],
  ["a picture", "GIF8"],
  ["an .rtf file", "{\\rtf"],
];

/**
 * Why a file is surely no text; undefined where it may be one.
 *
 * @param head its first `headLength` bytes, or all of it where it is shorter
 * @param address JSON is no text, unless the address ends in .json, .jsonl, .ndjson or .jsonlines
 * @param options.documents whether a document is one, such as a PDF (default: false)
 * @example unlikeText(Buffer.from("<!-- 404 --><html>"), "http://localhost/poem.txt") // "a web page"
 */
export function unlikeText(
  head: Uint8Array,
  address: string,
  { documents = false }: { readonly documents?: boolean } = {},
): string | undefined {
  if (packingOf(head) || (documents && containerOf(head))) return undefined;
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const kind = KINDS.find(([, magic]) => bytes.toString("latin1", 0, magic.length) === magic);
  if (kind) return kind[0];
  const text = textOf(bytes);
  if (text === undefined) return "binary data";
  if (isMarkup(text)) return "a web page";
  if (!/\.(json|jsonl|jsonlines|ndjson)([?#]|$)/i.test(address) && isJson(text, bytes.length < headLength))
    return "JSON";
  return undefined;
}

/** The first `headLength` bytes of a file. */
export async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headLength), 0, headLength, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The words for a look at their beginning; undefined where NUL bytes show that there are none. */
function textOf(bytes: Buffer): string | undefined {
  const mark = bytes.toString("latin1", 0, 2);
  if (mark === "\xff\xfe") return bytes.toString("utf16le");
  if (mark === "\xfe\xff") return swapped(bytes).toString("utf16le");
  const nulls = [0, 0];
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) nulls[at % 2]++;
  const [even, odd] = nulls;
  if (even + odd === 0) return bytes.toString("utf8").replace(/^\ufeff/, "");
  // UTF-16 without a mark has its NULs in every second byte.
  if (Math.min(even, odd) > 0.05 * (even + odd)) return undefined;
  return (odd > even ? bytes : swapped(bytes)).toString("utf16le");
}

function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16();
}

/** Whether the first thing that is no blank, comment or declaration is a tag of a page. */
function isMarkup(text: string): boolean {
  const start = text.replace(/^(?:[\s\ufeff]|<!--[^]*?-->|<\?[^>]*>)+/, "");
  if (start !== text && start.startsWith("<") && /^\s*<\?xml/i.test(text)) return true;
  return /^<(?:!doctype|html|head|body|title|meta|script|noscript|style|link|base|div|span|p|pre|h[1-6]|b|strong|font|a|img|form|[uod]l|center|table|section|article|main|header|nav|frameset|br|hr|iframe|svg|rss|feed|error|response)(?![\w-])/i.test(
    start,
  );
}

/** Whether it is one JSON object or list; of a longer file only its beginning can tell. */
function isJson(text: string, isWhole: boolean): boolean {
  if (!isWhole) return /^\s*(?:\{\s*"[^"\n]*"\s*:|\[\s*\{\s*"[^"\n]*"\s*:)/.test(text);
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

/**
 * That a text is a web page, or other XML.
 *
 * @param start its beginning
 */
export function markupNotices(start: string): string[] {
  return isMarkup(start)
    ? ["a web page, read with its tags as if they were words; save it as plain text with a browser"]
    : [];
}
