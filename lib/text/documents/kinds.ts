/** Files that are documents rather than plain text, by how they begin; each byte stands for one character. */

export type Container = "zip" | "rtf" | "pdf" | "ole" | "foreign";

/* eslint-disable no-control-regex -- bytes are looked for */
const kinds: readonly (readonly [container: Container, begins: RegExp])[] = [
  ["zip", /^PK(?:\x03\x04|\x05\x06)/],
  ["rtf", /^(?:\xef\xbb\xbf)?\s*\{\\rtf/],
  ["pdf", /^(?:\xef\xbb\xbf)?\s*%PDF-/],
  ["ole", /^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/],
  ["foreign", /^(?:[^]{60}(?:BOOKMOBI|TEXtREAd)|\xeaDRMION\xee|CONT\x02\0|ITOLITLS|AT&TFORM|\xffWPC|%!PS-)/],
];
/* eslint-enable no-control-regex */

/** Bytes that are enough to know every kind. */
const headLength = 128;

/** What holds a document; undefined for what may be plain text, which is all else. */
export function containerOf(bytes: Uint8Array): Container | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, headLength));
  return kinds.find(([, begins]) => begins.test(head))?.[0];
}

/** The endings of documents that are read, as a folder looks for them. */
export const documentEndings = ["docx", "odt", "epub", "rtf", "pdf"] as const;

/** The same in words: ".docx, .odt, .epub, .rtf or .pdf". */
export const endingsInWords = documentEndings
  .map((ending) => `.${ending}`)
  .join(", ")
  .replace(/, (\S+)$/, " or $1");
