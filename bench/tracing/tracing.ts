/** Tracing samples in libraries: this project's `trace` beside ml-indie-tools' `source_highlight`. */
import fs from "node:fs";
import path from "node:path";
import { stateOfTheUnion } from "../../lib/text/sources/corpora";
import { openNovels } from "../../lib/text/sources/four-novels";
import { random } from "../../lib/base/random";
import type { Text } from "../../lib/text/text";
import { contest, type Contender, type ContestOptions, type Results } from "../contest";
import type { Programs } from "../programs";
import { ratio } from "../statistics";
import type { TracingTexts } from "./trace-task";

export interface TracingRow {
  readonly library: string;
  /** Characters of the library and of the sample. */
  readonly characters: number;
  readonly sample: number;
  readonly by: string;
  readonly milliseconds: number;
  readonly fastest: number;
  readonly passages: number;
  /** Millions of characters of the library that are read in a second. */
  readonly millionsPerSecond: number;
  /** How many times as long it takes as this project's. */
  readonly timesOurs: number;
}

export interface TracingResults extends Results<TracingRow> {
  /** What took the place of texts that cannot be had. */
  readonly notices: readonly string[];
}

/** A sample, and the library in which it is traced. */
interface Case extends TracingTexts {
  readonly library: string;
  /** Whether ml-indie-tools is to try it too, which takes it seconds to minutes. */
  readonly beside: boolean;
}

const minLength = 20;

/** @param folder where the texts are laid for the programs; removed by the caller */
export async function timeTracing(
  programs: Programs,
  folder: string,
  { quick, ...options }: ContestOptions & { readonly quick: boolean },
): Promise<TracingResults> {
  const novels = await openNovels();
  const addresses = stateOfTheUnion();
  const name = novels.notices.length ? "bundled texts" : "four novels";
  const all: Case[] = [
    { library: name, texts: novels.texts, sample: patchwork(novels.texts, 2000), beside: true },
    { library: "addresses", texts: addresses, sample: patchwork(addresses, 2000), beside: false },
    { library: "addresses", texts: addresses, sample: patchwork(addresses, 100_000), beside: false },
  ];
  const results = [];
  for (const one of quick ? all.slice(0, 1) : all)
    results.push(await timeCase(one, programs, folder, options));
  return {
    rows: results.flatMap(({ rows }) => rows),
    outcomes: results.flatMap(({ outcomes }) => outcomes),
    notices: novels.notices,
  };
}

async function timeCase(
  { library, texts, sample, beside }: Case,
  { own, highlight }: Programs,
  folder: string,
  options: ContestOptions,
): Promise<Pick<TracingResults, "rows" | "outcomes">> {
  const file = path.join(folder, `${library} ${sample.length}.json`);
  fs.writeFileSync(file, JSON.stringify({ sample, texts } satisfies TracingTexts));
  const task = { task: "trace", options: { file, minLength } };
  const contenders: Contender[] = [
    { name: "trace", program: own, ...task },
    ...(beside && highlight
      ? [{ name: "ml-indie-tools source_highlight", program: highlight, ...task }]
      : []),
  ];
  const outcomes = await contest(contenders, options);
  const characters = texts.reduce((sum, { content }) => sum + content.length, 0);
  const rows = outcomes.map(({ name, median, fastest, result, times }): TracingRow => {
    return {
      library,
      characters,
      sample: sample.length,
      by: name,
      milliseconds: median,
      fastest,
      passages: result,
      millionsPerSecond: characters / (1000 * median),
      timesOurs: ratio(times, outcomes[0].times),
    };
  });
  return { rows, outcomes };
}

/**
 * A sample such as a network writes that has learned much by heart: pieces of 8 to 80 characters from places all over
 * the texts, one after the other.
 */
export function patchwork(texts: readonly Pick<Text, "content">[], length: number): string {
  const draw = random(5);
  const below = (limit: number) => Math.floor(draw() * limit);
  let sample = "";
  while (sample.length < length) {
    const { content } = texts[below(texts.length)];
    const start = below(content.length);
    sample += content.slice(start, start + 8 + below(73));
  }
  return sample.slice(0, length);
}
