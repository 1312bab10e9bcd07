/**
 * A sample on its sheet: what it went on from, what is copied in the colour of its source, and, if wanted, each letter
 * by itself.
 */
import { copiesOf } from "../copies";
import type { Sample } from "../messages";
import { colorsOf, type Source } from "./books";
import { nats } from "./numbers";

/** Fills a sheet with a sample. */
export function showSample(sheet: HTMLElement, { prompt, pieces }: Sample, sources: readonly Source[]): void {
  sheet.replaceChildren(...promptOf(prompt));
  for (const { text, copy, ends } of pieces) {
    if (!copy) {
      sheet.append(text);
      continue;
    }
    const mark = document.createElement("mark");
    mark.setAttribute("style", colorsOf(sources[copy.source], copy.length));
    mark.textContent = text;
    sheet.append(mark);
    if (ends) sheet.append(nameOf(sources[copy.source]));
  }
}

/**
 * Fills a sheet with a sample letter by letter: a line below what is copied, a ground for what surprised the network.
 *
 * @returns the elements of the letters, in their order
 */
export function showLetters(sheet: HTMLElement, sample: Sample, sources: readonly Source[]): HTMLElement[] {
  const copies = copiesOf(sample);
  const elements = sample.letters.map(({ text, probability }, index) => {
    const span = document.createElement("span");
    const copy = copies[index];
    span.textContent = text;
    span.dataset.letter = String(index);
    span.classList.toggle("copied", copy !== undefined);
    const surprise = `--surprise: ${Math.sqrt(Math.min(1, nats(probability) / mostNats)).toFixed(2)}`;
    span.setAttribute(
      "style",
      copy ? `${surprise}; ${colorsOf(sources[copy.source], copy.length)}` : surprise,
    );
    return span;
  });
  sheet.replaceChildren(...promptOf(sample.prompt), ...elements);
  return elements;
}

/** What is as surprising, or more, is as red as can be: one chance in 55. By a square root, small surprises are seen, too. */
const mostNats = 4;

function promptOf(prompt: string): HTMLElement[] {
  if (!prompt) return [];
  const given = document.createElement("span");
  given.className = "given";
  given.textContent = prompt;
  return [given];
}

/** "you", and in brackets for who does not see that it stands above the words. */
function nameOf({ name: words, hue }: Source): HTMLElement {
  const name = document.createElement("sup");
  name.append(heard(" ("), words, heard(") "));
  name.style.setProperty("--line", `var(--line-${hue})`);
  return name;
}

function heard(words: string): HTMLElement {
  const span = document.createElement("span");
  span.className = "heard";
  span.textContent = words;
  return span;
}
