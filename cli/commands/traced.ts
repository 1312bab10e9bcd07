/** How the command traces a sample: for exact or near copies, in texts or by an index, with the zero beside what is found. */
import { progressBar } from "../../lib/show/progress-bar";
import { TextLibrary, type Library, type Part, type Text } from "../../lib/text";
import {
  nearZero,
  trace,
  traceNear,
  type Trace,
  TraceIndex,
  type TraceIndexOptions,
  type TraceNearOptions,
  type TraceOptions,
  type Zero,
} from "../../lib/trace";
import { UsageError } from "../exit-codes";
import { givenFor } from "../options/options";
import { say } from "../output";

export const tracing = ["lib/trace/trace.ts", "TraceOptions"] as const;
export const comparison = ["lib/trace/comparison/comparison.ts", "ComparisonOptions"] as const;
export const nearTracing = ["lib/trace/near/trace-near.ts", "TraceNearOptions"] as const;

export interface TracingOptions extends Record<string, unknown> {
  readonly near?: boolean;
  readonly index?: string;
  readonly quiet?: boolean;
}

/** @param training whether the sample is traced in what a library trains on; otherwise in all of its texts */
export async function traceIn(
  sample: string,
  library: Library,
  options: TracingOptions & { readonly training: boolean },
): Promise<Trace> {
  const wanted: TraceOptions = { ...givenFor(options, tracing), ...givenFor(options, comparison) };
  const near: TraceNearOptions = givenFor(options, nearTracing);
  checkFitting(options, near);
  const texts = options.training ? library.training : library.texts;
  const onProgress = options.quiet ? {} : { onProgress: progressBar(process.stderr) };
  if (options.index !== undefined) {
    const asked = { ...wanted, ...onProgress };
    return options.near
      ? traceNearByIndex(options.index, sample, texts, { ...asked, ...near })
      : traceByIndex(options.index, sample, texts, asked);
  }
  const measured = options.training ? library : heldOutBy(library);
  if (options.near) sayWithout(await nearZero(measured, { ...wanted, ...near, ...onProgress }));
  const find = (words: string, parts: readonly (Text | Part)[], more: TraceOptions = {}) =>
    options.near
      ? traceNear(words, parts, { ...wanted, ...near, ...more })
      : trace(words, parts, { ...wanted, ...more });
  if (options.training) return find(sample, texts);
  const { minLength, zero, raised } = find("", measured.training);
  return { ...find(sample, texts, { minLength }), ...(zero ? { zero, raised } : {}) };
}

/** Texts that are traced in whole have a zero too: what it is where the end of each is held out. */
function heldOutBy({ texts }: Library): Library {
  return new TextLibrary(texts);
}

/** A share without its zero is told to be one. */
function sayWithout(zero: Zero | undefined): void {
  if (!zero)
    say(
      "Without a zero: less than 1,000 characters are held out, or they repeat a few characters over and over.",
    );
}

function checkFitting({ near: isNear }: TracingOptions, near: TraceNearOptions): void {
  const given = (["share", "gap"] as const).find((name) => near[name] !== undefined);
  if (given !== undefined && !isNear)
    throw new UsageError(`Expected --near with --${given}, which is for near copies.`);
}

async function traceByIndex(
  folder: string,
  sample: string,
  texts: readonly (Text | Part)[],
  wanted: TraceIndexOptions & TraceOptions,
): Promise<Trace> {
  const index = await TraceIndex.open(folder, texts, wanted);
  const { minLength, maxOccurrences } = wanted;
  try {
    return index.trace(sample, {
      ...(minLength === undefined ? {} : { minLength }),
      ...(maxOccurrences === undefined ? {} : { maxOccurrences }),
    });
  } finally {
    index.close();
  }
}

/** An index of any shortest length finds all near copies; its zero is made the first time. */
async function traceNearByIndex(
  folder: string,
  sample: string,
  texts: readonly (Text | Part)[],
  { minLength, ...options }: TraceNearOptions,
): Promise<Trace> {
  const index = await TraceIndex.open(folder, texts, options);
  const near = { ...options, ...(minLength === undefined ? {} : { minLength }) };
  try {
    sayWithout(await index.nearZero(near));
    return index.traceNear(sample, near);
  } finally {
    index.close();
  }
}
