/**
 * How surprised a network was at each character, as bars above the letters: higher and darker the more, none where it was sure.
 * They leave the grounds to the books, and the letters as they are to be read.
 */
import type { Surprised } from "../../trace/surprised";
import { surpriseBeside } from "../../trace/surprised";
import type { Trace } from "../../trace/trace";
import type { ChangeWriter } from "./changes";
import type { CutTrace } from "./labelled";
import { nats } from "../style/numbers";
import { rule } from "../style/themes";
import { surpriseColor, surprises } from "../style/surprise-colors";

/** The surprise at each unit of the sample, where it is known. */
export function surpriseOf(trace: Trace): Float32Array | undefined {
  return (trace as Partial<Surprised>).surprise;
}

/** How many of the levels a surprise has reached: 0 where the network was sure, or does not know the character. */
export function levelOf(surprise: number): number {
  return surprises.filter(({ from }) => surprise >= from).length;
}

/** @example surpriseInWords(trace) // ["surprise 0.210 nats a character where copied, 1.370 elsewhere"]; [] where it is not known */
export function surpriseInWords(trace: Trace): string[] {
  const surprise = surpriseOf(trace);
  if (!surprise) return [];
  const { copied, elsewhere } = surpriseBeside({ ...trace, surprise });
  const [there, here] = [copied, elsewhere].map((one) => (Number.isNaN(one) ? "" : nats(one)));
  if (!there) return here ? [`surprise ${here} nats a character`] : [];
  return [`surprise ${there} nats a character where copied${here ? `, ${here} elsewhere` : ""}`];
}

/** From this level on, which begins at 2 nats, what cannot show bars shows surprise. */
export const strongly = 3;

/**
 * Writes the words of a sample as another writer does, and marks how surprised the network was.
 *
 * @param start where in the sample the first of the words stands that it is given
 * @param mark what becomes of neighbours of one level; bars above them unless given
 */
export function barred(
  writer: ChangeWriter,
  surprise: Float32Array,
  start: number,
  mark: (run: Run) => string = bar,
): ChangeWriter {
  let at = start;
  const marked = (write: (words: string) => string) => (words: string) => {
    const runs = runsOf(words, surprise, at);
    at += words.length;
    return runs.map((run) => mark({ ...run, words: write(run.words) })).join("");
  };
  return { kept: marked(writer.kept), leftOut: writer.leftOut, putIn: marked(writer.putIn) };
}

function bar({ words, level, title }: Run): string {
  if (level === 0) return words;
  const { height } = surprises[level - 1];
  return `<span data-s title="${title}" style="border-top:${height}px solid ${surpriseColor(level)}">${words}</span>`;
}

interface Run {
  /** As they are written. */
  readonly words: string;
  readonly level: number;
  /** "2.310 nats", or of several characters "2.103 to 2.940 nats". */
  readonly title: string;
}

/** Neighbours of the same level; both halves of a character stay together, since they have the same surprise. */
function runsOf(words: string, surprise: Float32Array, from: number): Run[] {
  const runs: Run[] = [];
  for (let start = 0, end = 0; start < words.length; start = end) {
    const level = levelOf(surprise[from + start]);
    while (end < words.length && levelOf(surprise[from + end]) === level) end++;
    const values = [...surprise.subarray(from + start, from + end)];
    const [low, high] = [Math.min(...values), Math.max(...values)].map(nats);
    const title = low === high ? `${low} nats` : `${low} to ${high} nats`;
    runs.push({ words: words.slice(start, end), level, title });
  }
  return runs;
}

/** Steps of the sample at a glance. */
const steps = 250;

/**
 * The mean surprise from the beginning of a sample at the left to its end at the right, below its copies; "" where it
 * is not known.
 */
export function skyline({ trace }: Pick<CutTrace, "trace">): string {
  const surprise = surpriseOf(trace);
  if (!surprise || surprise.length === 0) return "";
  const runs: { level: number; length: number }[] = [];
  const count = Math.min(steps, surprise.length);
  for (let step = 0; step < count; step++) {
    const [start, end] = [step, step + 1].map((edge) => Math.round((edge * surprise.length) / count));
    const known = surprise.subarray(start, end).filter((value) => !Number.isNaN(value));
    const level = levelOf(known.reduce((sum, value) => sum + value, 0) / known.length);
    if (runs.at(-1)?.level === level) runs[runs.length - 1].length++;
    else runs.push({ level, length: 1 });
  }
  const cells = runs.map(({ level, length }) => {
    const look = level
      ? `height:${3 * level}px;background:${surpriseColor(level)}`
      : `height:1px;background:${rule}`;
    return `<div style="flex:${length} 1 0%;${look}"></div>`;
  });
  return `<div data-skyline style="${strip}">${cells.join("")}</div>`;
}

/** What the bars mean, each shown. */
export function surpriseKey(): string {
  const bars = surprises.map(({ from, height }, index) => {
    const below = (100 * Math.exp(-from)).toFixed(from < 4 ? 0 : 1);
    const look = `display:inline-block;margin:4px 4px 0 0;border-top:${height}px solid ${surpriseColor(index + 1)}`;
    return `<span style="${look}">from ${from} (below ${below}%)</span>`;
  });
  return `a bar above letters: how surprised the network was at them, in nats (how probable they were): ${bars.join(" ")}`;
}

const strip = `display:flex;align-items:flex-end;height:15px;margin:-10px 0 14px`;
