/** A letter with what could have stood in its place, as bars. */
import type { Letter } from "../messages";
import { besideLetter, type Place } from "./letter-words";
import { chance } from "./numbers";

export function letterCard(letter: Letter, place: Place): HTMLElement[] {
  const { text, probability, likeliest } = letter;
  const head = document.createElement("p");
  const large = document.createElement("b");
  large.className = "large";
  large.textContent = shown(text);
  const told = document.createElement("span");
  told.textContent = besideLetter(letter, place);
  head.append(large, told);
  const isLikely = likeliest.some(({ token }) => token === text);
  const bars = isLikely ? likeliest : [...likeliest, { token: text, probability }];
  return [head, ...bars.map((one) => bar(one, one.token === text))];
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
