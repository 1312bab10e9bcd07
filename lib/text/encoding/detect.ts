/**
 * A guess at an encoding of before Unicode, by the statistics of languages. A page has another, see
 * `web/stand-ins/detect.ts`.
 */
import { isInLatinLetters } from "./latin-letters";
import { labelOf } from "./names";

/** By jschardet's names. Asked for more it would answer rare ones, as those of IBM's mainframes. */
const ofLatinLetters =
  "windows-1252 iso-8859-1 iso-8859-2 iso-8859-15 windows-1250 MacRoman windows-1254 windows-1257".split(" ");
const ofOtherLetters = (
  "windows-1251 koi8-r koi8-u iso-8859-5 cp866 mac-cyrillic iso-8859-7 windows-1253 iso-8859-8 windows-1255 iso-8859-6 " +
  "windows-1256 tis-620 cp874 shift_jis EUC-JP big5 gb18030 EUC-KR cp932 cp949 utf-16-le utf-16-be"
).split(" ");

/**
 * The label of an encoding.
 *
 * @param bytes some of a text, from where the first byte beyond ASCII is; 200,000 at most are looked at
 */
export function detected(bytes: Uint8Array): string {
  const { chardet } = require("jschardet") as typeof import("jschardet");
  const list = isInLatinLetters(bytes) ? ofLatinLetters : ofOtherLetters;
  const options = { includeEncodings: list, noMatchEncoding: list[0], emptyInputEncoding: list[0] };
  const { encoding } = chardet.detect(bytes, options);
  const label = labelOf(encoding ?? "") ?? western;
  const euro = [0xa4, 0xbc, 0xbd]; // € Œ œ, in which ISO-8859-15 differs
  return label === "iso-8859-15" && !euro.some((byte) => bytes.includes(byte)) ? western : label;
}

const western = "windows-1252";
