/** How long a passage is: by what one reads of it. */

const space = /^\s$/;

/** What one reads: a letter, a digit, a picture as of a face. */
const legible = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/**
 * The lengths of stretches of a sample as it is compared, in UTF-16 units: each run of white space counts as one, at the ends
 * it does not count; a stretch without a letter, a digit or a picture has no length.
 *
 * @example lengthsIn(" a  b .")(0, 7) // 5, of "a b ."
 */
export function lengthsIn(content: string): (start: number, end: number) => number {
  // How many units count before each place, and where what is not white space begins next, and has ended last: [length + 1].
  const counted = new Int32Array(content.length + 1);
  const next = new Int32Array(content.length + 1).fill(content.length);
  const last = new Int32Array(content.length + 1);
  for (let at = 0; at < content.length; at++) {
    const isSpace = isSpaceAt(content, at);
    counted[at + 1] = counted[at] + (isSpace && last[at] < at ? 0 : 1);
    last[at + 1] = isSpace ? last[at] : at + 1;
  }
  for (let at = content.length - 1; at >= 0; at--) next[at] = last[at + 1] === at + 1 ? at : next[at + 1];
  return (start, end) => {
    const [first, behind] = [next[start], last[end]];
    if (first >= behind || !legible.test(content.slice(first, behind))) return 0;
    return counted[behind] - counted[first];
  };
}

function isSpaceAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit === 0x20 || unit === 0x0a || ((unit < 0x21 || unit > 0x7f) && space.test(text[at]));
}

/** How many letters, digits and pictures are before each place of a sample: [length + 1]. */
export function lettersBefore(sample: string): Uint32Array {
  const before = new Uint32Array(sample.length + 1);
  let at = 0;
  let count = 0;
  for (const character of sample) {
    if (legible.test(character)) count++;
    for (const end = at + character.length; at < end;) before[++at] = count;
  }
  return before;
}
