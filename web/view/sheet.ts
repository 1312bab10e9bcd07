/** The text that a visitor types, with the words that the network would write next behind it. */
import { button, element } from "./elements";

/** Milliseconds without a key, after which the network is asked: while one types fast, only now and then. */
const pause = 80;

export class Sheet {
  private readonly area = element("text", HTMLTextAreaElement);
  private readonly typed = element("typed", HTMLSpanElement);
  private readonly shown = element("predicted", HTMLSpanElement);
  private readonly taking = button("take", () => this.take());
  private words = "";
  private timer: number | undefined;

  /** @param ask for the words after a text; the answer comes by `predict` */
  constructor(private readonly ask: (text: string) => void) {
    this.area.addEventListener("input", () => this.changed());
    this.area.addEventListener("keydown", (event) => {
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || !this.words) return;
      if (event.key === "Tab" && !event.shiftKey) {
        event.preventDefault();
        this.take();
      } else if (event.key === "Escape") {
        this.show("");
      }
    });
    document.addEventListener("selectionchange", () => {
      if (!this.atEnd()) this.show("");
    });
  }

  get text(): string {
    return this.area.value;
  }

  /** Shows the words after a text, unless it has changed meanwhile. */
  predict(text: string, words: string): void {
    if (text === this.text && this.atEnd()) this.show(words);
  }

  /** Asks anew, as when the network has become another one. */
  changed(): void {
    this.typed.textContent = this.text;
    this.show("");
    window.clearTimeout(this.timer);
    if (this.text && this.atEnd()) this.timer = window.setTimeout(() => this.ask(this.text), pause);
  }

  private take(): void {
    if (!this.words) return;
    const text = this.text + this.words;
    this.area.value = text;
    this.area.focus();
    this.area.setSelectionRange(text.length, text.length);
    this.changed();
  }

  private show(words: string): void {
    this.words = words;
    // A line break at the end has no height unless something follows it.
    this.shown.textContent = words || "\u200b";
    this.taking.disabled = !words;
    this.taking.textContent = words ? `Take “${words.trim()}”` : "Take its words";
  }

  private atEnd(): boolean {
    const { selectionStart, selectionEnd, value } = this.area;
    return selectionStart === value.length && selectionEnd === value.length;
  }
}
