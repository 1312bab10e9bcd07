/** The encodings that RTF names by numbers: code pages (\ansicpg, \cpg) and the character sets of fonts (\fcharset). */
import { labelOf } from "../../encoding/names";

const ofCharacterSet: Readonly<Record<number, string>> = {
  77: "macintosh",
  128: "shift_jis",
  129: "euc-kr",
  134: "gbk",
  136: "big5",
  161: "windows-1253",
  162: "windows-1254",
  163: "windows-1258",
  177: "windows-1255",
  178: "windows-1256",
  186: "windows-1257",
  204: "windows-1251",
  222: "windows-874",
  238: "windows-1250",
};

/** The label of a font's character set; undefined for that of the document, and for symbols. */
export function labelOfCharacterSet(number: number): string | undefined {
  return number === 0 ? "windows-1252" : ofCharacterSet[number];
}

/** The label of a code page; undefined where it cannot be read, as those of DOS but for Cyrillic. */
export function labelOfCodePage(number: number): string | undefined {
  if (number === 10000) return "macintosh";
  if (number === 10007) return "x-mac-cyrillic";
  return number === 65001 ? "utf-8" : (labelOf(`windows-${number}`) ?? labelOf(`cp${number}`));
}
