/** The fifth screen: of each letter, how sure the network was of it, and what it nearly wrote. */
import { button, element } from "../../../web/view/elements";
import type { Letter, Sample } from "../messages";
import type { Story } from "../story";
import { colorsOf } from "../view/books";
import { sureness } from "../sureness";
import { letterCard, letterInWords } from "../view/letter-card";
import { percent } from "../view/numbers";
import { showLetters } from "../view/sample";

export class InsideScreen {
  private readonly sheet = element("sheet-letters", HTMLDivElement);
  private readonly slider = element("letter", HTMLInputElement);
  private readonly card = element("letter-told", HTMLDivElement);
  private letters: readonly HTMLElement[] = [];
  private at = 0;

  constructor(
    private readonly story: Story,
    done: () => void,
  ) {
    button("to-change", done);
    this.slider.addEventListener("input", () => this.turnTo(this.slider.valueAsNumber));
    for (const event of ["pointerover", "click"] as const)
      this.sheet.addEventListener(event, ({ target }) => {
        const letter = target instanceof HTMLElement ? target.dataset.letter : undefined;
        if (letter !== undefined) this.turnTo(Number(letter));
      });
    for (const choice of document.querySelectorAll("#inside input[type=radio]"))
      choice.addEventListener("change", () => this.show());
  }

  show(): void {
    const { sample } = this;
    const copies = copiesOf(sample);
    const isSure = checked("dress") === "sure";
    this.sheet.classList.toggle("sure", isSure);
    this.letters = showLetters(this.sheet, sample, (span, letter, index) => {
      const copy = copies[index];
      if (isSure) span.style.setProperty("--sure", letter.probability.toFixed(2));
      else if (copy) span.setAttribute("style", colorsOf(this.story.sources[copy.source], copy.length));
      span.classList.toggle("copied", copy !== undefined);
    });
    this.slider.max = String(this.letters.length - 1);
    this.tellSureness();
    this.turnTo(Math.min(this.at, this.letters.length - 1));
  }

  private get sample(): Sample {
    const { looks } = this.story.run;
    return looks[looks.length - 1].samples[Number(checked("which"))];
  }

  private turnTo(index: number): void {
    this.letters[this.at]?.classList.remove("current");
    this.at = index;
    this.letters[index]?.classList.add("current");
    const letter: Letter = this.sample.letters[index];
    this.slider.value = String(index);
    this.slider.setAttribute("aria-valuetext", letterInWords(letter));
    this.card.replaceChildren(...letterCard(letter));
  }

  private tellSureness(): void {
    const { copied, other } = sureness(this.story.run.looks[this.story.run.looks.length - 1].samples);
    element("sure-told", HTMLParagraphElement).textContent =
      copied === undefined
        ? "Point at a letter: what else could have stood there?"
        : other === undefined
          ? `All is copied, and of the letters it copied it was ${percent(copied)} sure.`
          : `Where it copied it was ${percent(copied)} sure of a letter, elsewhere ${percent(other)}. Point at one: what else could have stood there?`;
  }
}

/** Of each letter the copy that it lies in. */
function copiesOf({ pieces }: Sample) {
  return pieces.flatMap(({ text, copy }) => [...text].map(() => copy));
}

function checked(name: string): string {
  return document.querySelector<HTMLInputElement>(`#inside input[name=${name}]:checked`)!.value;
}
