/** Characters (Unicode code points) as tokens: which there are, and how they are numbered. */
import type { Tokens } from "./tokens";

/** All characters (Unicode code points) of some texts, in the order of their code points. */
export function charactersOf(texts: Iterable<string>): string[] {
  const codePoints = new Set<number>();
  const seen = new Uint8Array(0x10000);
  for (const text of texts) {
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (seen[unit] && !isHighSurrogate(unit)) continue;
      seen[unit] = 1;
      const codePoint = text.codePointAt(i) as number;
      if (codePoint > 0xffff) i++;
      codePoints.add(codePoint);
    }
  }
  return [...codePoints]
    .sort((one, other) => one - other)
    .map((codePoint) => String.fromCodePoint(codePoint));
}

/** Numbers the characters of texts by `ids`, 0 where one is unknown. */
export function characterTokens(ids: ReadonlyMap<string, number>): Tokens {
  // The number of each UTF-16 unit that is a character by itself: what encoding needs of `ids`, without strings.
  const table = new Int32Array(0x10000);
  for (const [character, id] of ids) if (character.length === 1) table[character.charCodeAt(0)] = id;
  return {
    count(text) {
      let count = text.length;
      for (let i = 0; i + 1 < text.length; i++)
        if (isHighSurrogate(text.charCodeAt(i)) && (text.codePointAt(i) as number) > 0xffff) count--;
      return count;
    },
    encodeInto(numbers, text, start) {
      let end = start;
      for (let i = 0; i < text.length; i++) {
        const unit = text.charCodeAt(i);
        const codePoint = isHighSurrogate(unit) ? (text.codePointAt(i) as number) : unit;
        if (codePoint > 0xffff) {
          numbers[end++] = ids.get(String.fromCodePoint(codePoint)) ?? 0;
          i++;
        } else {
          numbers[end++] = table[unit];
        }
      }
      return end;
    },
  };
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}
