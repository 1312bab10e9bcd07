/** What encodings are called. Which of them some bytes are in is found in `judge.ts`. */

import { OptionError } from "../../base/option-error";

/** Names that programs and people use, and that `TextDecoder` does not know. */
const others: Readonly<Record<string, string>> = {
  "latin-1": "windows-1252",
  "iso-latin-1": "windows-1252",
  "latin-9": "iso-8859-15",
  latin9: "iso-8859-15",
  ansi: "windows-1252",
  macroman: "macintosh",
  "mac-roman": "macintosh",
  "mac-cyrillic": "x-mac-cyrillic",
  maccyrillic: "x-mac-cyrillic",
  cp866: "ibm866",
  cp874: "windows-874",
  cp932: "shift_jis",
  cp936: "gbk",
  koi8r: "koi8-r",
  koi8u: "koi8-u",
  eucjp: "euc-jp",
  tis620: "windows-874",
  cp949: "euc-kr",
  cp950: "big5",
  "iso-8859-8": "iso-8859-8-i", // the same letters in their order; `TextDecoder` would know both
  "utf-8-sig": "utf-8",
  utf16: "utf-16le",
  "utf-16-le": "utf-16le",
  "utf-16-be": "utf-16be",
  "utf-32": "utf-32le",
  "utf-32-le": "utf-32le",
  "utf-32-be": "utf-32be",
};

/**
 * The name by which `decoder.ts` knows an encoding, undefined where it knows none.
 *
 * @example labelOf("CP-1252") // "windows-1252"
 */
export function labelOf(name: string): string | undefined {
  const words = name
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, "-")
    .replace(/^(?:cp|(?:windows-)?code-?page)-?(\d)/, "cp$1")
    .replace(/^win(?:dows)?-?(\d{3,4})$/, "windows-$1")
    .replace(/^utf(\d)/, "utf-$1");
  for (const one of [others[words], words, words.replace(/-/g, "_"), words.replace(/-/g, "")]) {
    if (one === "utf-32le" || one === "utf-32be") return one;
    try {
      if (one !== undefined) return new TextDecoder(one).encoding;
    } catch {
      continue;
    }
  }
  return undefined;
}

/**
 * The label of an encoding that a user names.
 *
 * @throws where there is no such encoding
 */
export function encodingNamed(name: string): string {
  const label = typeof name === "string" ? labelOf(name) : undefined;
  if (label !== undefined) return label;
  throw new OptionError(
    "encoding",
    'to be a name such as "utf-8", "windows-1251", "koi8-r", "iso-8859-2", "macintosh", "shift_jis", "big5" or "gb18030"',
    JSON.stringify(name),
    ". What is written otherwise, iconv makes UTF-8",
  );
}

/**
 * An encoding as a reader knows it, which is also a name of it.
 *
 * @example nameOf("koi8-r") // "KOI8-R"
 */
export function nameOf(label: string): string {
  return /^(windows|macintosh|shift)/.test(label)
    ? label[0].toUpperCase() + label.slice(1)
    : label.toUpperCase();
}
