/** A letter with what could have stood in its place, as bars and in words. */
import type { Letter } from "../messages";
import { bits, chance } from "./numbers";

/** For the eye. */
export function letterCard({ text, probability, likeliest }: Letter): HTMLElement[] {
  const head = document.createElement("p");
  const letter = document.createElement("b");
  letter.className = "large";
  letter.textContent = shown(text);
  const surprise = document.createElement("span");
  surprise.textContent = `${chance(probability)} sure, ${bits(probability).toFixed(1)} bits of surprise`;
  head.append(letter, surprise);
  const isLikely = likeliest.some((one) => one.text === text);
  const bars = isLikely ? likeliest : [...likeliest, { text, probability }];
  return [head, ...bars.map((one) => bar(one, one.text === text))];
}

/**
 * For the ear.
 *
 * @example letterInWords(letter) // "e, 93 % sure. Nearly: a 4 %, o 1 %"
 */
export function letterInWords({ text, probability, likeliest }: Letter): string {
  const others = likeliest.filter((one) => one.text !== text);
  const words = others.map((one) => `${spoken(one.text)} ${chance(one.probability)}`);
  return `${spoken(text)}, ${chance(probability)} sure. Nearly: ${words.join(", ")}`;
}

function bar({ text, probability }: { text: string; probability: number }, isWritten: boolean): HTMLElement {
  const row = document.createElement("div");
  row.className = isWritten ? "bar written" : "bar";
  const [letter, track, value] = ["b", "span", "small"].map((name) => document.createElement(name));
  letter.textContent = shown(text);
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
