/** Text in which phrases repeat, always the same. */
import { random } from "../../../lib/base/random";

/** Words in which phrases repeat as they do in a language, with line breaks. */
export function written(seed: number, length: number): string {
  const draw = random(seed);
  const words = Array.from({ length: 300 }, () =>
    Array.from({ length: 2 + Math.floor(7 * draw()) }, () => "etaoinshrdlu"[Math.floor(12 * draw())]).join(
      "",
    ),
  );
  let text = "";
  while (text.length < length) {
    text += words[Math.floor(words.length * draw() ** 3)] + (draw() < 0.1 ? "\n" : " ");
  }
  return text;
}
