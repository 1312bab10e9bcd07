/**
 * The words of an OpenDocument text (OASIS OpenDocument 1.3, part 3), as LibreOffice writes it. Kept and left out is what
 * `docx.ts` keeps and leaves out.
 */
import type { Words } from "./docx";
import { frontOf } from "./front";
import { Aside, type Beside } from "./left-out";
import { Paragraphs } from "./paragraphs";
import { Refused } from "./refuse";
import { type Tag, walk } from "./xml/xml";
import { xmlText } from "./xml/xml-text";
import type { Zip } from "./zip";

const skipped: Readonly<Record<string, Beside | undefined>> = {
  forms: undefined,
  "sequence-decls": undefined,
  "variable-decls": undefined,
  "user-field-decls": undefined,
  title: undefined, // of a drawing
  desc: undefined,
  script: undefined,
  "ruby-text": "reading beside characters",
  note: "note",
  annotation: "comment",
  "hidden-text": "piece of hidden text",
  "hidden-paragraph": "piece of hidden text",
};

/** Spaces that one element may stand for. */
const mostSpaces = 1000;

/** @throws Refused where it is damaged, or protected by a password */
export function readOdt(zip: Zip): Words {
  if (
    zip.has("META-INF/manifest.xml") &&
    /<(?:\w+:)?encryption-data\b/.test(xmlText(zip.read("META-INF/manifest.xml")))
  )
    throw new Refused("locked");
  const reader = new OdtReader();
  for (const file of ["styles.xml", "content.xml"]) {
    if (file === "content.xml" || zip.has(file)) walk(xmlText(zip.read(file)), reader);
    if (file === "styles.xml") reader.forgetWords();
  }
  return { content: reader.paragraphs.text(), aside: reader.aside, front: frontOf(zip, "meta.xml") };
}

class OdtReader {
  paragraphs = new Paragraphs();
  readonly aside = new Aside();
  /** Names of styles that hide what is written in them. */
  private readonly hidden = new Set<string>();
  private style = "";
  /** Paragraphs that are open; more than one where one has a box. */
  private depth = 0;
  private isInChanges = false;

  /** What stands in heads and feet of pages, which `styles.xml` holds. */
  forgetWords(): void {
    this.paragraphs = new Paragraphs();
  }

  open(tag: Tag): boolean | void {
    const { name } = tag;
    if (name === "tracked-changes") this.isInChanges = true;
    else if (this.isInChanges) {
      if (name !== "deletion") return;
      this.aside.add("tracked deletion");
      return false;
    } else if (name === "style") this.style = tag.attribute("style:name") ?? "";
    else if (name === "text-properties" && tag.attribute("text:display") === "none")
      this.hidden.add(this.style);
    else if (this.isHidden(tag)) return this.skip("piece of hidden text");
    else if (name in skipped) return this.skip(skipped[name]);
    else if (name === "p" || name === "h") this.depth++;
    else if (name === "text-box") this.paragraphs.openBox();
    else if (name === "frame") this.paragraphs.addOther();
    else if (name === "tab") this.paragraphs.add("\t");
    else if (name === "line-break") this.paragraphs.add("\n");
    else if (name === "s")
      this.paragraphs.add(" ".repeat(Math.min(mostSpaces, Number(tag.attribute("text:c") ?? 1) || 1)));
  }

  close(name: string): void {
    if (name === "tracked-changes") this.isInChanges = false;
    else if (name === "text-box") this.paragraphs.closeBox();
    else if (name === "p" || name === "h") {
      this.depth--;
      this.paragraphs.end();
    }
  }

  /** White space is one space, and none at the beginning of a paragraph. */
  text(words: string): void {
    if (this.depth === 0 || this.isInChanges) return;
    const single = words.replace(/[ \t\r\n]+/g, " ");
    const { isAtStart, last } = this.paragraphs;
    this.paragraphs.add((isAtStart || last === " ") && single.startsWith(" ") ? single.slice(1) : single);
  }

  private isHidden(tag: Tag): boolean {
    if (tag.name === "section" && tag.attribute("text:display") === "none") return true;
    return ["span", "p", "h"].includes(tag.name) && this.hidden.has(tag.attribute("text:style-name") ?? "");
  }

  private skip(what: Beside | undefined): false {
    if (what) {
      this.aside.add(what);
      this.paragraphs.addOther();
    }
    return false;
  }
}
