/** A letter with what could have stood in its place, as bars and in words. */
import type { Letter } from "../messages";
import { chance, surprise } from "./numbers";

/** For the eye. */
export function letterCard({ text, probability, likeliest }: Letter): HTMLElement[] {
  const head = document.createElement("p");
  const letter = document.createElement("b");
  letter.className = "large";
  letter.textContent = shown(text);
  const told = document.createElement("span");
  told.textContent = `${chance(probability)} sure of it: ${surprise(probability)}`;
  head.append(letter, told);
  const isLikely = likeliest.some(({ token }) => token === text);
  const bars = isLikely ? likeliest : [...likeliest, { token: text, probability }];
  return [head, ...bars.map((one) => bar(one, one.token === text))];
}

/**
 * For the ear.
 *
 * @example letterInWords(letter) // "e, 93 % sure. Nearly: a 4 %, o 1 %"
 */
export function letterInWords({ text, probability, likeliest }: Letter): string {
  const others = likeliest.filter((one) => one.token !== text);
  const words = others.map((one) => `${spoken(one.token)} ${chance(one.probability)}`);
  return `${spoken(text)}, ${chance(probability)} sure. Nearly: ${words.join(", ")}`;
}

function bar({ token, probability }: Letter["likeliest"][number], isWritten: boolean): HTMLElement {
  const row = document.createElement("div");
  row.className = isWritten ? "bar written" : "bar";
  const [letter, track, value] = ["b", "span", "small"].map((name) => document.createElement(name));
  letter.textContent = shown(token);
  track.style.setProperty("--share", probability.toFixed(3));
  value.textContent = chance(probability);
  row.append(letter, track, value);
  return row;
}

function shown(letter: string): string {
  return letter === " " ? "␣" : letter === "\n" ? "↵" : letter;
}

function spoken(letter: string): string {
  return letter === " " ? "space" : letter === "\n" ? "end of line" : letter;
}
