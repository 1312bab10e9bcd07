/** Paragraphs of a document as lines of text. */

/** The share of empty paragraphs from which on somebody has set others apart by them. */
const typed = 1 / 20;

/**
 * One line for each paragraph, as it was typed, where empty ones set some apart: paragraphs, or stanzas of verses. Else a blank
 * line stands between any two, as in the books of Project Gutenberg, and two where one is empty.
 *
 * @example textOf(["It was a day.", "It was another."]) // "It was a day.\n\nIt was another.\n"
 * @example textOf(["O Rose,", "thou art sick!", "", "The worm"]) // "O Rose,\nthou art sick!\n\nThe worm\n"
 */
export function textOf(paragraphs: readonly string[]): string {
  const lines = paragraphs.map((paragraph) => (paragraph.trim() === "" ? "" : paragraph));
  while (lines[0] === "") lines.shift();
  while (lines[lines.length - 1] === "") lines.pop();
  if (lines.length === 0) return "";
  const empty = lines.filter((line) => line === "").length;
  if (empty >= typed * lines.length) return `${lines.join("\n")}\n`;
  return `${lines.join("\n\n").replace(/\n{4,}/g, "\n\n\n")}\n`;
}

/** Takes words as they come; what is written in a box beside a paragraph follows it. */
export class Paragraphs {
  private words = "";
  private done: string[] = [];
  /** What stands around the box that is read. */
  private readonly around: { words: string; done: string[]; boxes: string[] }[] = [];
  private boxes: string[] = [];
  private hasOther = false;

  add(words: string): void {
    this.words += words;
  }

  /** Whether the paragraph that is read has no words yet. */
  get isAtStart(): boolean {
    return this.words === "";
  }

  /** What the last character is. */
  get last(): string {
    return this.words.slice(-1);
  }

  /** Notes that something other than words stands here, as a picture: without words the paragraph is then no empty line. */
  addOther(): void {
    this.hasOther = true;
  }

  end(): void {
    if (this.words.trim() !== "" || !(this.hasOther || this.boxes.length > 0)) this.done.push(this.words);
    this.done.push(...this.boxes);
    this.words = "";
    this.boxes = [];
    this.hasOther = false;
  }

  openBox(): void {
    this.around.push({ words: this.words, done: this.done, boxes: this.boxes });
    this.words = "";
    this.done = [];
    this.boxes = [];
  }

  closeBox(): void {
    const inside = this.ended();
    const { words, done, boxes } = this.around.pop()!;
    this.words = words;
    this.done = done;
    this.boxes = [...boxes, ...inside];
  }

  /** All of them. */
  text(): string {
    while (this.around.length > 0) this.closeBox();
    return textOf(this.ended());
  }

  private ended(): string[] {
    if (this.words !== "" || this.boxes.length > 0) this.end();
    return this.done;
  }
}
