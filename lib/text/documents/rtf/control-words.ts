/** The control words of Rich Text Format that mean something here (Microsoft's specification 1.9.1). */
import type { Beside } from "../left-out";

/** Control words that stand for characters. */
export const characters: Readonly<Record<string, string>> = {
  line: "\n",
  lbr: "\n",
  tab: "\t",
  emdash: "—",
  endash: "–",
  lquote: "‘",
  rquote: "’",
  ldblquote: "“",
  rdblquote: "”",
  bullet: "•",
  emspace: "\u2003",
  enspace: "\u2002",
  qmspace: "\u2005",
  zwj: "\u200d",
  zwnj: "\u200c",
  ltrmark: "\u200e",
  rtlmark: "\u200f",
  "~": "\u00a0",
  _: "\u2011",
  "-": "\u00ad",
};

/** What ends a paragraph that has begun; \par ends an empty one, too. */
export const borders = new Set(["cell", "nestcell", "sect"]);

/** Groups with a text box somewhere within them, and the box itself. */
export const drawings = new Set(["shpinst", "do"]);
export const boxes = new Set(["shptxt", "dptxbxtext"]);

/** Groups that hold no words of the text, and what they count as. Those that begin with \* are none either. */
export const skipped = new Map<string, Beside | undefined>([
  ...(
    "fonttbl colortbl stylesheet info pict objdata fldinst header headerl headerr headerf footer footerl footerr footerf " +
    "listtext pntext pntxta pntxtb nonshppict shprslt xe tc rxe bkmkstart bkmkend template private ftnsep ftnsepc ftncn aftnsep " +
    "aftnsepc aftncn sp atnid atnauthor atndate atnref"
  )
    .split(" ")
    .map((word): [string, undefined] => [word, undefined]),
  ["footnote", "note"],
  ["annotation", "comment"],
]);
