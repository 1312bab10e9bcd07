/**
 * The words of a Word document (ECMA-376, part 1, 17). Kept are paragraphs, also those in tables and text boxes, line breaks,
 * tabs and special hyphens; left out are notes, comments, tracked deletions, hidden text, and what repeats on each page.
 */
import { type Front, frontOf } from "./front";
import { Aside, type Beside } from "./left-out";
import { Paragraphs } from "./paragraphs";
import { Refused } from "./refuse";
import { type Tag, walk } from "./xml/xml";
import { xmlText } from "./xml/xml-text";
import type { Zip } from "./zip";

/** Words, what the document says of itself, and what was left out. */
export interface Words {
  readonly front?: Front;
  readonly content: string;
  readonly aside: Aside;
}

/** What is not looked into, and what it counts as. */
const skipped: Readonly<Record<string, Beside | undefined>> = {
  pPr: undefined,
  sectPr: undefined,
  tblPr: undefined,
  trPr: undefined,
  tcPr: undefined,
  sdtPr: undefined,
  instrText: undefined,
  delInstrText: undefined,
  Fallback: undefined, // what stands for a drawing in older programs says the same again
  rt: "reading beside characters",
  del: "tracked deletion",
  moveFrom: "tracked deletion",
  footnoteReference: "note",
  endnoteReference: "note",
  commentReference: "comment",
  altChunk: "included document",
  subDoc: "included document",
};

/** What stands for one character. */
const characters: Readonly<Record<string, string>> = {
  tab: "\t",
  ptab: "\t",
  cr: "\n",
  noBreakHyphen: "\u2011",
  softHyphen: "\u00ad",
};

/** @throws Refused where it is damaged */
export function readDocx(zip: Zip): Words {
  const xml = xmlText(zip.read(mainPartOf(zip)));
  const paragraphs = new Paragraphs();
  const aside = new Aside();
  const reader = new DocxReader(paragraphs, aside, hiddenStylesIn(zip));
  walk(xml, reader);
  return { content: paragraphs.text(), aside, front: frontOf(zip, "docProps/core.xml") };
}

class DocxReader {
  /** Whether the words of the run that is read are hidden. */
  private isHidden = false;
  private isInText = false;
  private isInProperties = false;

  constructor(
    private readonly paragraphs: Paragraphs,
    private readonly aside: Aside,
    private readonly hiddenStyles: ReadonlySet<string>,
  ) {}

  open(tag: Tag): boolean | void {
    const { name } = tag;
    if (this.isInProperties) return this.readProperty(tag);
    if (name === "rPr") this.isInProperties = true;
    else if (name === "r") this.isHidden = false;
    else if (name === "t") this.isInText = true;
    else if (name === "txbxContent") this.paragraphs.openBox();
    else if (name in characters) this.add(characters[name]);
    else if (name === "br") this.addBreak(tag.attribute("type"));
    else if (name === "sym") this.addSymbol(tag);
    else if (name in skipped) {
      const what = skipped[name];
      if (what) {
        this.aside.add(what);
        this.paragraphs.addOther();
      }
      return false;
    } else if (name === "drawing" || name === "pict" || name === "object") this.paragraphs.addOther();
  }

  close(name: string): void {
    if (name === "rPr") this.isInProperties = false;
    else if (name === "t") this.isInText = false;
    else if (name === "p") this.paragraphs.end();
    else if (name === "txbxContent") this.paragraphs.closeBox();
  }

  text(words: string): void {
    if (this.isInText) this.add(words);
  }

  private readProperty(tag: Tag): false {
    const value = tag.attribute("val") ?? "1";
    const isHidden =
      tag.name === "vanish"
        ? !/^(?:0|false|off)$/.test(value)
        : tag.name === "rStyle" && this.hiddenStyles.has(value);
    if (isHidden) {
      this.isHidden = true;
      this.aside.add("piece of hidden text");
      this.paragraphs.addOther();
    }
    return false;
  }

  private add(words: string): void {
    if (!this.isHidden) this.paragraphs.add(words);
  }

  private addBreak(type = "textWrapping"): void {
    if (type === "textWrapping") this.add("\n");
    else this.paragraphs.addOther();
  }

  private addSymbol(tag: Tag): void {
    const code = parseInt(tag.attribute("char") ?? "", 16);
    // From F000 on a font has its own characters.
    if (code > 0 && (code < 0xe000 || code > 0xf8ff)) this.add(String.fromCodePoint(code));
    else this.aside.add("symbol of a special font");
  }
}

/** The file with the words: the package says where it is. */
function mainPartOf(zip: Zip): string {
  let target = "word/document.xml";
  if (zip.has("_rels/.rels"))
    walk(xmlText(zip.read("_rels/.rels")), {
      open(tag) {
        if (tag.name === "Relationship" && tag.attribute("Type")?.endsWith("/officeDocument"))
          target = (tag.attribute("Target") ?? target).replace(/^\//, "");
      },
    });
  if (!zip.has(target)) throw new Refused("damaged");
  return target;
}

/** Styles of characters that hide what is written in them. */
function hiddenStylesIn(zip: Zip): Set<string> {
  const hidden = new Set<string>();
  if (!zip.has("word/styles.xml")) return hidden;
  let style = "";
  walk(xmlText(zip.read("word/styles.xml")), {
    open(tag) {
      if (tag.name === "docDefaults" || tag.name === "latentStyles") return false;
      if (tag.name === "style")
        style = tag.attribute("type") === "character" ? (tag.attribute("styleId") ?? "") : "";
      if (style && tag.name === "vanish" && !/^(?:0|false|off)$/.test(tag.attribute("val") ?? "1"))
        hidden.add(style);
    },
  });
  return hidden;
}
