/** The fifth screen: of each letter, how sure the network was of it, and what it nearly wrote; at any moment of the run. */
import { button, element } from "../../../web/view/elements";
import { copiesOf } from "../copies";
import type { Look, Sample } from "../messages";
import { begunAt, times, titleOf, withLongestOwn, type Run } from "../run";
import type { Story } from "../story";
import { sureness } from "../sureness";
import { showLegend } from "../view/legend";
import { letterCard } from "../view/letter-card";
import { letterInWords } from "../view/letter-words";
import { percent } from "../view/numbers";
import { showLetters, showSample } from "../view/sample";

export class InsideScreen {
  private readonly sheet = element("sheet-letters", HTMLDivElement);
  /** The same for screen readers, in whole passages. */
  private readonly heard = element("sheet-heard", HTMLDivElement);
  private readonly slider = element("letter", HTMLInputElement);
  private readonly moment = element("moment", HTMLInputElement);
  private readonly card = element("letter-told", HTMLDivElement);
  private readonly choices = [...document.querySelectorAll<HTMLInputElement>("#inside input[type=radio]")];
  private letters: readonly HTMLElement[] = [];
  private at = 0;

  constructor(
    private readonly story: Story,
    done: () => void,
  ) {
    button("to-change", done);
    this.slider.addEventListener("input", () => this.turnTo(this.slider.valueAsNumber));
    this.moment.addEventListener("input", () => this.draw());
    for (const choice of this.choices) choice.addEventListener("change", () => this.draw());
    for (const event of ["pointermove", "click"] as const)
      this.sheet.addEventListener(event, ({ target }) => {
        const letter = target instanceof HTMLElement ? target.dataset.letter : undefined;
        if (letter !== undefined) this.turnTo(Number(letter));
      });
  }

  /** The moment at which it began to copy, when some is copied and some is not; else the last one. */
  show(): void {
    const { looks, sources } = this.run;
    element("looked-run", HTMLParagraphElement).textContent = titleOf(this.run);
    showLegend(element("legend-letters", HTMLUListElement), sources);
    const begun = begunAt(this.run);
    this.moment.max = String(looks.length - 1);
    this.moment.value = String(begun ? looks.indexOf(begun) : looks.length - 1);
    this.choices[withLongestOwn(this.look.samples)].checked = true;
    this.draw();
  }

  private draw(): void {
    const words = `after ${times(Math.round(this.look.readings))}`;
    element("moment-told", HTMLOutputElement).value = words;
    this.moment.setAttribute("aria-valuetext", words);
    this.letters = showLetters(this.sheet, this.sample, this.run.sources);
    showSample(this.heard, this.sample, this.run.sources);
    this.slider.max = String(this.letters.length - 1);
    element("sure-told", HTMLParagraphElement).textContent = inWords(this.look);
    this.turnTo(Math.min(this.at, this.letters.length - 1));
  }

  private get look(): Look {
    return this.run.looks[this.moment.valueAsNumber];
  }

  private get run(): Run {
    return this.story.lookedAt.at(-1)!;
  }

  private get sample(): Sample {
    return this.look.samples[this.choices.findIndex(({ checked }) => checked)];
  }

  private turnTo(index: number): void {
    this.letters[this.at]?.classList.remove("current");
    this.at = index;
    this.letters[index]?.classList.add("current");
    const letter = this.sample.letters[index];
    const copy = copiesOf(this.sample)[index];
    const copiedFrom = copy && this.run.sources[copy.source].name;
    const place = { copiedFrom, isLast: index === this.letters.length - 1 };
    this.slider.value = String(index);
    this.slider.setAttribute("aria-valuetext", letterInWords(letter, place));
    this.card.replaceChildren(...letterCard(letter, place));
  }
}

/** How sure it was where it copied, and elsewhere. */
function inWords({ samples }: Look): string {
  const { copied, other } = sureness(samples);
  const ask = "Point at a letter: what else could have stood there?";
  if (copied === undefined)
    return `It copied nothing, and gave its letters ${percent(other!)} on average. ${ask}`;
  const sure = `Where it copied, it had given each letter ${percent(copied)} on average`;
  return other === undefined ? `${sure}. ${ask}` : `${sure}; elsewhere ${percent(other)}. ${ask}`;
}
