/**
 * The words of Rich Text Format (Microsoft's specification 1.9.1). Kept and left out is what `docx.ts` keeps and leaves
 * out. None of the packages that read it knows dashes, non-breaking spaces and special hyphens.
 */
import { decoderOf } from "../../encoding/decoder";
import { labelOfCharacterSet, labelOfCodePage } from "./code-pages";
import { borders, boxes, characters, drawings, skipped } from "./control-words";
import type { Words } from "../docx";
import { frontOfSaid } from "../front";
import { Aside, type Beside } from "../left-out";
import { Paragraphs } from "../paragraphs";
import { Refused } from "../refuse";
import { tokensOf, type Token } from "./rtf-tokens";

/** Groups within each other: a document has some dozens. */
const deepest = 10_000;

/** What holds within a group, until it ends. */
interface State {
  readonly isSkipped: boolean;
  readonly label: string | undefined;
  /** Characters that stand behind a \u for programs that do not know it. */
  readonly instead: number;
  readonly isHidden: boolean;
  readonly isDeleted: boolean;
  /** Whether the next control word says what the group is. */
  readonly isNew: boolean;
  /** Whether the group begins with \*, so that a program that does not know it passes over it. */
  readonly isOptional: boolean;
  readonly isFontTable: boolean;
  readonly isBox: boolean;
  /** Where it is what the document says of itself, and what of that. */
  readonly about?: "info" | "title" | "author";
}

/** @throws Refused where it breaks off */
export function readRtf(bytes: Uint8Array): Words {
  const reader = new RtfReader();
  for (const token of tokensOf(bytes)) reader.read(token);
  return reader.words();
}

class RtfReader {
  private readonly paragraphs = new Paragraphs();
  private readonly aside = new Aside();
  private readonly stack: State[] = [];
  private state: State = {
    isSkipped: false,
    label: undefined,
    instead: 1,
    isHidden: false,
    isDeleted: false,
    isNew: false,
    isOptional: false,
    isFontTable: false,
    isBox: false,
  };
  /** The encoding of the document, and those of its fonts. */
  private label = "windows-1252";
  private readonly fonts = new Map<number, string | undefined>();
  private font = 0;
  private firstFont = 0;
  /** Bytes that were not decoded yet: a character may have two. */
  private held: Uint8Array[] = [];
  /** How much of what follows stands for a character that was read already. */
  private passed = 0;
  private hasEnded = false;
  private readonly said = { title: "", author: "" };

  read(token: Token): void {
    if (this.hasEnded) return;
    if (token.type === "bytes") return this.addBytes(token.bytes);
    if (token.type === "control" && token.word === "*") {
      this.change({ isOptional: true });
      return;
    }
    this.flush();
    if (token.type === "open") {
      this.passed = 0;
      if (this.stack.push(this.state) > deepest) throw new Refused("damaged");
      this.change({ isNew: true, isOptional: false });
    } else if (token.type === "close") {
      this.passed = 0;
      const before = this.stack.pop();
      if (this.state.isBox && !before?.isBox) this.paragraphs.closeBox();
      if (before) this.state = before;
      this.hasEnded = this.stack.length === 0;
    } else this.control(token.word, token.number);
  }

  words(): Words {
    if (!this.hasEnded) throw new Refused("damaged");
    const { title, author } = this.said;
    const front = frontOfSaid({ titles: [title], authors: [author] });
    return { content: this.paragraphs.text(), front, aside: this.aside };
  }

  private control(word: string, number: number | undefined): void {
    const { isNew, isOptional, isSkipped } = this.state;
    if (isNew) this.change({ isNew: false });
    if (isNew) this.beginGroup(word, isOptional);
    if (this.state.isFontTable) this.readFont(word, number ?? 0);
    if (isSkipped && !this.topic && word !== "ud") return;
    if (this.passed > 0 && word !== "u") {
      this.passed--;
      return;
    }
    if (word in characters) this.add(characters[word]);
    else if (word === "u") this.addUnit(number ?? 0);
    else if (word === "par" || (borders.has(word) && !this.paragraphs.isAtStart)) this.endParagraph();
    else if (word === "uc") this.change({ instead: number ?? 1 });
    else if (word === "f") this.change({ label: this.fonts.get(number ?? 0) });
    else if (word === "deff") this.firstFont = number ?? 0;
    else if (word === "v" || word === "webhidden")
      this.turn("isHidden", number !== 0, "piece of hidden text");
    else if (word === "deleted") this.turn("isDeleted", number !== 0, "tracked deletion");
    else if (word === "plain")
      this.change({ isHidden: false, isDeleted: false, label: this.fonts.get(this.firstFont) });
    else if (word === "mac") this.label = "macintosh";
    else if (word === "ansicpg") this.label = labelOfCodePage(number ?? 1252) ?? this.label;
    else if (word === "page" || word === "pict" || word === "object") this.paragraphs.addOther();
  }

  /** A group that says at its beginning what it is. */
  private beginGroup(word: string, isOptional: boolean): void {
    if (this.state.about) return this.beginAbout(word, isOptional);
    if (word === "ud") return this.change({ isSkipped: false }); // the same as what \upr began with, in Unicode
    if (this.state.isSkipped) return;
    if (word === "fonttbl") this.change({ isFontTable: true });
    if (word === "upr") this.change({ isSkipped: true });
    if (word === "info") this.change({ about: "info" });
    const what = skipped.get(word);
    if (what !== undefined) {
      this.aside.add(what);
      this.paragraphs.addOther();
    }
    if (boxes.has(word) && !this.state.isBox) {
      this.paragraphs.openBox();
      return this.change({ isBox: true });
    }
    if (skipped.has(word) || (isOptional && !drawings.has(word))) this.change({ isSkipped: true });
  }

  /** What is said twice, in Unicode for the second time (\upr), is what it is then. */
  private beginAbout(word: string, isOptional: boolean): void {
    if (isOptional && word !== "ud") this.change({ about: undefined });
    else if (word === "title" || word === "author") {
      this.said[word] = "";
      this.change({ about: word });
    }
  }

  /** What of the document itself is told here. */
  private get topic(): "title" | "author" | undefined {
    const { about } = this.state;
    return about === "info" ? undefined : about;
  }

  private readFont(word: string, number: number): void {
    if (word === "f") this.font = number;
    if (word === "fcharset")
      this.fonts.set(
        this.font,
        number === 0 && this.label === "macintosh" ? undefined : labelOfCharacterSet(number),
      );
    if (word === "cpg") this.fonts.set(this.font, labelOfCodePage(number));
  }

  private addBytes(bytes: Uint8Array): void {
    const from = Math.min(this.passed, bytes.length);
    this.passed -= from;
    if (this.state.isNew) this.change({ isNew: false });
    if ((this.isAdded || this.topic) && from < bytes.length) this.held.push(bytes.subarray(from));
  }

  /** A UTF-16 unit, which may be written as a negative number. */
  private addUnit(number: number): void {
    this.add(String.fromCharCode(number & 0xffff));
    this.passed = this.state.instead;
  }

  private endParagraph(): void {
    if (!this.state.isSkipped) this.paragraphs.end();
  }

  private turn(what: "isHidden" | "isDeleted", on: boolean, beside: Beside): void {
    if (on && !this.state[what] && !this.state.isSkipped) {
      this.aside.add(beside);
      this.paragraphs.addOther();
    }
    this.change({ [what]: on });
  }

  private add(words: string): void {
    if (this.topic) this.said[this.topic] += words;
    else if (this.isAdded) this.paragraphs.add(words);
  }

  private get isAdded(): boolean {
    const { isSkipped, isHidden, isDeleted } = this.state;
    return !isSkipped && !isHidden && !isDeleted;
  }

  /** Decodes what is held. */
  private flush(): void {
    if (this.held.length === 0) return;
    const decoder = decoderOf(this.state.label ?? this.label);
    for (const bytes of this.held) this.add(decoder.read(bytes));
    this.add(decoder.read());
    this.held = [];
  }

  private change(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
  }
}
