/** UTF-16 and UTF-32 without a byte order mark, and what is no text at all. */
import { decoderOf } from "./decoder";

/** What no text is made of: control characters, and code points that nobody has given a meaning. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const implausible = /[\0-\u0008\u000b\u000e-\u001f\u007f-\u009f\ufffd]|\p{Cn}|\p{Co}/gu;

/**
 * How much bytes are like a text in UTF-16 or UTF-32: the share of characters that stand in texts of all languages, as spaces
 * and digits do, less twice the share of implausible ones.
 */
export function likeness(bytes: Uint8Array, label: string): number {
  const decoder = decoderOf(label);
  const text = decoder.read(bytes) + decoder.read();
  const common = text.match(/[\t\n\r -~\u3001\u3002\uff0c]/g)?.length ?? 0;
  const odd = text.match(implausible)?.length ?? 0;
  return (common - 2 * odd) / Math.max(1, text.length);
}

/**
 * The label of UTF-16 or UTF-32, where that is what bytes are like.
 *
 * @param head the first bytes of a file
 */
export function unmarked(head: Uint8Array): string | undefined {
  const nuls = [0, 0, 0, 0];
  for (let at = head.indexOf(0); at >= 0; at = head.indexOf(0, at + 1)) nuls[at % 4]++;
  const quarter = Math.floor(head.length / 4);
  const [first, , third, fourth] = nuls;
  if (quarter >= 2 && fourth >= quarter && third > 0.9 * quarter && first < 0.1 * quarter) return "utf-32le";
  if (quarter >= 2 && first >= quarter && nuls[1] > 0.9 * quarter && fourth < 0.1 * quarter)
    return "utf-32be";
  // So few bytes say something by their NULs alone.
  if (head.length < 16 && nuls.reduce((sum, count) => sum + count) < 0.4 * head.length) return undefined;
  const [little, big] = ["utf-16le", "utf-16be"].map((label) => likeness(head, label));
  const best = Math.max(little, big);
  // A line of Chinese may be without all that is common, but it is not implausible either.
  const isLine = best === 0 && head.length >= 32 && head.length <= 400;
  if (best <= 0 && !isLine) return undefined;
  return little >= big ? "utf-16le" : "utf-16be";
}

/** The share of control characters that no text has; a few may stray into one. */
export function controlsIn(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte < 32 && isUnusual[byte] === 1) count++;
  return count / Math.max(1, bytes.length);
}

/** What may stand in a text: tab, the ends of lines and pages, the end of a file under DOS, what colours a terminal. */
const usual = [9, 10, 11, 12, 13, 26, 27];
const isUnusual = Uint8Array.from({ length: 32 }, (_, byte) => (usual.includes(byte) ? 0 : 1));
