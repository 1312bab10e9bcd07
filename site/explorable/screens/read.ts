/** The first screen: the visitor's paragraph, and the books beside it. */
import { button, element } from "../../../web/view/elements";
import { longestParagraph, shortestParagraph } from "../settings";
import type { Story } from "../story";
import { percent } from "../view/numbers";

/** Ours, for visitors who do not want to write one. */
const example =
  "Our tram was late again, so my sister counted the pigeons on the roof of the bakery. There were eleven, " +
  "and the smallest of them walked in circles as if it had lost a key. When the tram came at last, she would " +
  "not get in. Somebody, she said, has to stay here until it is found.";

export class ReadScreen {
  private readonly area = element("paragraph", HTMLTextAreaElement);
  private readonly told = element("paragraph-told", HTMLParagraphElement);
  /** What is missing, for screen readers: said when it changes, not at each letter. */
  private readonly announced = element("missing-announced", HTMLParagraphElement);
  private readonly boxes: HTMLInputElement[];
  private readonly onward: HTMLButtonElement;

  /** @param done is called when all is chosen */
  constructor(
    private readonly story: Story,
    done: () => void,
  ) {
    this.area.value = example;
    this.boxes = story.shelf.map((text) => {
      const box = document.createElement("input");
      Object.assign(box, { type: "checkbox", checked: true });
      const label = document.createElement("label");
      label.className = "book";
      label.style.setProperty("--line", `var(--line-${story.sourceOf(text).hue})`);
      const [title, author] = ["cite", "small"].map((name) => document.createElement(name));
      title.textContent = text.title;
      author.textContent = `${text.author} · ${text.content.length.toLocaleString("en")} characters`;
      label.append(box, title, author);
      element("shelf", HTMLDivElement).append(label);
      box.addEventListener("change", () => this.changed());
      return box;
    });
    this.area.addEventListener("input", () => this.changed());
    this.onward = button("to-bet", done);
    this.changed();
  }

  /** Says what the next run reads, which may be something else than the newest one's. */
  show(): void {
    this.tell();
  }

  /** In one line. */
  private get paragraph(): string {
    return this.area.value.trim().replace(/\s+/g, " ");
  }

  /** What of it is read: its beginning, no character cut in two. */
  private get read(): string {
    return this.paragraph.slice(0, longestParagraph).replace(/[\ud800-\udbff]$/, "");
  }

  private get chosen() {
    return this.story.shelf.filter((_, index) => this.boxes[index].checked);
  }

  private changed(): void {
    const lacking = shortestParagraph - this.paragraph.length;
    if (lacking > 0) this.story.chosen = `Write ${lacking} more characters: a few sentences of your own.`;
    else if (this.chosen.length === 0) this.story.chosen = "Choose a book beside it.";
    else this.story.choose(this.read, this.chosen);
    this.onward.disabled = this.story.missing !== "";
    this.tell();
    const heard = lacking > 0 ? "Your paragraph needs more words." : this.story.missing;
    if (this.announced.textContent !== heard) this.announced.textContent = heard;
  }

  private tell(): void {
    this.told.textContent = this.story.missing || this.inWords();
  }

  private inWords(): string {
    const { length } = this.paragraph;
    const isExample = this.area.value === example;
    const all = `${length.toLocaleString("en")} characters`;
    const { run } = this.story;
    return [
      isExample && "This is an example: replace it with your own words.",
      length > longestParagraph
        ? `${all}: the first ${longestParagraph.toLocaleString("en")} are read, the rest is left out.`
        : `${all}.`,
      "They stay on this machine.",
      `Beside ${this.chosen.map((book) => this.story.sourceOf(book).name).join(", ")} they are ${percent(this.share)} of what it reads.`,
      this.story.hasChangedTexts && `Run ${run!.number + 1} has not read this: the next run does.`,
    ]
      .filter(Boolean)
      .join(" ");
  }

  private get share(): number {
    const books = this.chosen.reduce((sum, { content }) => sum + content.length, 0);
    return this.read.length / (books + this.read.length);
  }
}
