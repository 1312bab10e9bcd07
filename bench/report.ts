/** The bench's results as tables, and the machine that they are from. */
import os from "node:os";
import { textTable } from "../lib/show/table";
import { attentiveSize, type AttentionResults } from "./training/attention";
import type { GenerationResults } from "./training/generation";
import type { GrowthResults } from "./training/growth";
import type { StepSize } from "./training/network-size";
import type { Programs } from "./programs";
import type { StepResults } from "./training/steps";
import type { NearResults } from "./tracing/near";
import { wordsSize, type WordsResults } from "./training/words";
import type { IndexResults } from "./tracing/trace-index";
import type { TracingResults } from "./tracing/tracing";

/** Processor, cores, versions, and how busy the machine was before the bench began. */
export function machineLines({ about }: Pick<Programs, "about">): string[] {
  const { model } = os.cpus()[0] ?? { model: process.arch };
  const load = os.loadavg()[0].toFixed(1);
  const said = Object.entries(about).map(([name, facts]) => {
    const words = Object.entries(facts).map(([fact, value]) => `${fact} ${value}`);
    return `${name}: ${words.join(", ") || "no version is told"}`;
  });
  return [`${model.trim()}, ${os.availableParallelism()} cores, load ${load} when it began`, ...said];
}

export function stepTable(
  results: readonly StepResults[],
  { time, batch, vocabulary }: Pick<StepSize, "time" | "batch" | "vocabulary">,
): string {
  const rates = results.map(({ rows, gemm }) => {
    const each = Object.entries(gemm).map(([name, gflops]) => `${name} ${digits(gflops)}`);
    return `${rows[0].network} ${each.join(", ")}`;
  });
  const rows = results.flatMap((result) => result.rows);
  const table = rows.map(({ network, by, precision, ...row }) => ({
    network,
    "computed by": by,
    precision,
    "ms a step": digits(row.milliseconds),
    fastest: digits(row.fastest),
    "characters/s": digits(row.charactersPerSecond),
    GFLOPS: digits(row.gflops),
    "of GEMM rate": percent(row.shareOfGemm),
    "time / ours": times(row.timesOurs),
  }));
  return section(
    `Training step: forward, backward, clip, Adam; ${time} steps, batch ${batch}, ${vocabulary} characters`,
    table,
    [
      "FLOPs of a step: 6 × batch × time × weights that are multiplied.",
      `GFLOPS of fp32 products meanwhile, the faster one is the GEMM rate: ${rates.join("; ")}.`,
      "time / ours: median of the rounds' quotients by our fastest implementation in that precision.",
    ],
  );
}

export function wordsTable({ rows }: WordsResults): string {
  const { time, batch, vocabulary, embedding, cutoffs } = wordsSize;
  const table = rows.map(({ network, by, softmax, weights, ...row }) => ({
    network,
    "computed by": by,
    softmax,
    weights,
    "ms a step": digits(row.milliseconds),
    fastest: digits(row.fastest),
    "words/s": digits(row.wordsPerSecond),
    "time / ours": times(row.timesOurs),
  }));
  return section(
    `Training step on words: ${vocabulary} of them, embedding ${embedding}; ${time} steps, batch ${batch}, fp32`,
    table,
    [
      `The adaptive softmax scores ${cutoffs[0]} words first, the others in clusters from ${cutoffs.join(" and ")} on.`,
      "time / ours: median of the rounds' quotients by our fastest implementation with an adaptive softmax.",
    ],
  );
}

export function attentionTable({ rows }: AttentionResults): string {
  const { time, batch, vocabulary } = attentiveSize;
  const table = rows.map(({ network, by, has, weights, ...row }) => ({
    network,
    "computed by": by,
    has,
    weights,
    "ms a step": digits(row.milliseconds),
    fastest: digits(row.fastest),
    "time / plain": times(row.timesPlain),
  }));
  return section(
    `Training step of textgenrnn's network: ${time} steps, batch ${batch}, ${vocabulary} characters, fp32`,
    table,
    [
      "time / plain: median of the rounds' quotients by the network that has nothing more, computed by the same.",
    ],
  );
}

export function generationTable(results: readonly GenerationResults[]): string {
  const table = results.flatMap(({ rows }) =>
    rows.map(({ network, by, ...row }) => ({
      network,
      "computed by": by,
      "characters/s": digits(row.charactersPerSecond),
      best: digits(row.best),
      "µs a character": digits(row.microseconds),
      "GB of weights/s": digits(row.gigabytesPerSecond),
      "time / ours": times(row.timesOurs),
    })),
  );
  return section("Generation: batch 1, temperature 0.8", table);
}

export function growthTable({ rows }: GrowthResults): string {
  const table = rows.map(({ growing, layers, neurons, steps, batch, ...row }) => ({
    growing,
    layers,
    neurons,
    steps,
    batch,
    "ms a step": digits(row.milliseconds),
    "ps a weight and character": digits(row.picosecondsPerWeightAndCharacter),
    GFLOPS: digits(row.gflops),
  }));
  return section("Growth: our fastest implementation, fp32, a training step", table);
}

export function tracingTable({ rows, notices }: TracingResults): string {
  const table = rows.map(({ library, characters, sample, by, passages, ...row }) => ({
    library,
    characters,
    sample,
    "traced by": by,
    ms: digits(row.milliseconds),
    fastest: digits(row.fastest),
    passages,
    "M characters/s": digits(row.millionsPerSecond),
    "time / ours": times(row.timesOurs),
  }));
  return section("Tracing: passages of at least 20 characters", table, notices);
}

export function nearTable({ rows, characters, sample, notices }: NearResults): string {
  const table = rows.map(({ by, results, found, ...row }) => ({
    "found by": by,
    ms: digits(row.milliseconds),
    fastest: digits(row.fastest),
    ...Object.fromEntries(
      Object.entries(found).map(([changed, share]) => [`${changed} changed`, percent(share)]),
    ),
    results,
    "time / ours": times(row.timesOurs),
  }));
  const title = `Near copies: ${sample} characters in ${digits(characters / 1e6)} million; found of what was planted`;
  return section(title, table, notices);
}

export function indexTable({
  rows,
  characters,
  buildSeconds,
  indexBytes,
  memoryBytes,
}: IndexResults): string {
  const table = rows.map(({ sample, passages, ...row }) => ({
    "2,000 characters of": sample,
    ms: digits(row.milliseconds),
    fastest: digits(row.fastest),
    passages,
  }));
  const [millions, onDisk, inMemory] = [characters, indexBytes, memoryBytes].map((one) => digits(one / 1e6));
  return section(`An index of ${millions} million characters`, table, [
    `Built, with the making of the texts, in ${digits(buildSeconds)} s; ${onDisk} MB with the texts; the process grew by ${inMemory} MB meanwhile.`,
    "For the pieces it has found what `trace` finds.",
  ]);
}

function section(title: string, rows: readonly object[], notes: readonly string[] = []): string {
  return ["", textTable(rows, { caption: title }), ...notes].join("\n");
}

/** @example digits(1234.5) // 1230 */
function digits(value: number): number {
  return Number(value.toPrecision(3));
}

function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}

/** Undefined where there is nothing to compare with, which a table leaves empty. */
function times(value: number): number | undefined {
  return Number.isFinite(value) ? digits(value) : undefined;
}
