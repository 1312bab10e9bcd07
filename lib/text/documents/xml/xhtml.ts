/**
 * The words of a page of XHTML, as a browser lays them out (WHATWG HTML, `innerText`): white space is one space, a blank line
 * stands around paragraphs and headings, and around blocks of lines, such as the verses of a stanza.
 */
import type { Aside } from "../left-out";
import { type Tag, walk } from "./xml";

/** Elements with a blank line around them, and others that are lines. */
const apart = new Set(
  "p h1 h2 h3 h4 h5 h6 blockquote ul ol dl pre table figure section article hr".split(" "),
);
const lines = new Set(
  "div li dt dd tr caption figcaption header footer main aside address center body".split(" "),
);
const ignored = new Set("head script style svg math template rp".split(" "));

/** A break between lines, which may turn out to be a wider one. */
interface Break {
  lineFeeds: 1 | 2;
}

/**
 * @param aside is told what is left out, but for notes
 * @returns the words, and how many marks of notes and how many notes, or lists of them, are not among them
 */
export function wordsOfPage(xhtml: string, aside: Aside): { words: string; marks: number; notes: number } {
  const page = new Page(aside);
  walk(xhtml, page);
  return { words: page.words(), marks: page.marks, notes: page.notes };
}

class Page {
  marks = 0;
  notes = 0;
  private readonly pieces: (string | Break)[] = [];
  /** The breaks before the blocks of lines that are open. */
  private readonly blocks: Break[] = [];
  private preformatted = 0;
  private isWithin = false;

  constructor(private readonly aside: Aside) {}

  open(tag: Tag): boolean | void {
    const name = tag.name.toLowerCase();
    if (ignored.has(name) || this.isBeside(tag, name)) return false;
    if (name === "body") this.isWithin = true;
    if (name === "pre") this.preformatted++;
    if (name === "td" || name === "th") this.beginCell();
    if (name === "br") {
      this.pieces.push("\n");
      this.holdsLines();
    } else if (apart.has(name)) this.pieces.push({ lineFeeds: 2 });
    else if (lines.has(name)) {
      this.holdsLines();
      const before: Break = { lineFeeds: 1 };
      this.pieces.push(before);
      this.blocks.push(before);
    }
  }

  close(tagName: string): void {
    const name = tagName.toLowerCase();
    if (name === "pre") this.preformatted--;
    if (apart.has(name)) this.pieces.push({ lineFeeds: 2 });
    else if (lines.has(name)) this.pieces.push({ lineFeeds: this.blocks.pop()?.lineFeeds ?? 1 });
  }

  text(words: string): void {
    if (!this.isWithin) return;
    this.pieces.push(this.preformatted > 0 ? words : words.replace(/[ \t\r\n\f]+/g, " "));
  }

  words(): string {
    let all = "";
    let line = "";
    let wanted = 0;
    const endLine = () => {
      const words = withoutEnds(line);
      line = "";
      // A line of nothing but spaces that do not break is a gap.
      if (words.trim() === "") return;
      all += (all === "" ? "" : "\n".repeat(wanted)) + words;
      wanted = 0;
    };
    for (const piece of this.pieces) {
      if (typeof piece === "string") {
        const isDone = /(?:^|[ \n])$/.test(line.slice(-1));
        if (piece.startsWith("\n") && line.endsWith(" ")) line = line.slice(0, -1);
        line += isDone && piece.startsWith(" ") ? piece.slice(1) : piece;
      } else {
        endLine();
        wanted = Math.max(wanted, piece.lineFeeds);
      }
    }
    endLine();
    return all;
  }

  /** Whether an element is left out, as EPUB (`epub:type`) or ARIA (`role`) calls it. */
  private isBeside(tag: Tag, name: string): boolean {
    const type = ` ${tag.attribute("epub:type") ?? ""} ${(tag.attribute("role") ?? "").replace(/doc-/g, "")} `;
    if (/ noteref /.test(type)) this.marks++;
    else if (/ (?:foot|end|rear)?notes? /.test(type)) this.notes++;
    else if (name === "nav" || / (?:toc|landmarks|page-list) /.test(type)) this.aside.add("navigation page");
    else if (name === "rt") this.aside.add("reading beside characters");
    else if (tag.attribute("hidden") !== undefined || /display\s*:\s*none/.test(tag.attribute("style") ?? ""))
      this.aside.add("piece of hidden text");
    else return false;
    return true;
  }

  /** The innermost block has lines in it. */
  private holdsLines(): void {
    const block = this.blocks[this.blocks.length - 1];
    if (block) block.lineFeeds = 2;
  }

  private beginCell(): void {
    const last = this.pieces[this.pieces.length - 1];
    if (typeof last === "string" && last.trim() !== "") this.pieces.push("\t");
  }
}

/** Without spaces and line feeds at its ends; spaces that do not break stay. */
function withoutEnds(line: string): string {
  let [from, to] = [0, line.length];
  while (from < to && " \n".includes(line[from])) from++;
  while (to > from && " \n".includes(line[to - 1])) to--;
  return line.slice(from, to);
}
