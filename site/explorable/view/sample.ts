/** A sample on its sheet: what it went on from, what is copied in the colour of its source, and, if wanted, each letter by itself. */
import type { Letter, Sample } from "../messages";
import { colorsOf, type Source } from "./books";

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
 * Fills a sheet with a sample letter by letter.
 *
 * @param dress makes a letter look like what it is
 * @returns the elements of the letters, in their order
 */
export function showLetters(
  sheet: HTMLElement,
  { prompt, letters }: Sample,
  dress: (element: HTMLElement, letter: Letter, index: number) => void,
): HTMLElement[] {
  const elements = letters.map((letter, index) => {
    const span = document.createElement("span");
    span.textContent = letter.text;
    span.dataset.letter = String(index);
    dress(span, letter, index);
    return span;
  });
  sheet.replaceChildren(...promptOf(prompt), ...elements);
  return elements;
}

function promptOf(prompt: string): HTMLElement[] {
  if (!prompt) return [];
  const given = document.createElement("span");
  given.className = "given";
  given.textContent = prompt;
  return [given];
}

function nameOf({ name: words, hue }: Source): HTMLElement {
  const name = document.createElement("sup");
  name.textContent = words;
  name.style.setProperty("--line", `var(--line-${hue})`);
  return name;
}
