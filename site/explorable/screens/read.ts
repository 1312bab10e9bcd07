/** The first screen: the visitor's paragraph, and the books beside it. */
import { button, element } from "../../../web/view/elements";
import { shortestParagraph } from "../settings";
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

  /** In one line, as it is read. */
  private get paragraph(): string {
    return this.area.value.trim().replace(/\s+/g, " ");
  }

  private get chosen() {
    return this.story.shelf.filter((_, index) => this.boxes[index].checked);
  }

  private changed(): void {
    const { length } = this.paragraph;
    const isShort = length < shortestParagraph;
    this.onward.disabled = isShort || this.chosen.length === 0;
    if (!this.onward.disabled) this.story.choose(this.paragraph, this.chosen);
    const isExample = this.area.value === example;
    const told = `${isExample ? "This is an example: replace it with your own words. " : ""}${length} characters. They stay on this machine.`;
    this.told.textContent = isShort
      ? `Write ${shortestParagraph - length} more characters: a few sentences of your own.`
      : this.chosen.length === 0
        ? "Choose a book beside it."
        : `${told} Beside ${this.chosen.map((book) => this.story.sourceOf(book).name).join(", ")} they are ${percent(this.share)} of what it reads.`;
  }

  private get share(): number {
    const books = this.chosen.reduce((sum, { content }) => sum + content.length, 0);
    return this.paragraph.length / (books + this.paragraph.length);
  }
}
