/** What one may ask of `npm run bench`. */
import { parseArgs } from "node:util";
import { SetupFailure } from "../setup/bare/failure.mjs";
import { parseSize } from "./training/network-size";

export const parts = [
  "steps",
  "words",
  "attention",
  "generation",
  "growth",
  "tracing",
  "near",
  "index",
] as const;

/** What `--quick` leaves out. */
const slow: readonly Part[] = ["words", "attention", "growth", "near", "index"];

export type Part = (typeof parts)[number];

export interface BenchOptions {
  readonly parts: readonly Part[];
  /** Networks as "layers x neurons", of training steps and of generation; undefined for those that each part has. */
  readonly sizes?: readonly string[];
  /** Characters of the library that is indexed, in millions. */
  readonly library: number;
  readonly rounds: number;
  readonly quick: boolean;
  /** The peers' Python environment: a folder, "none", or undefined for the bench's own. */
  readonly peers?: string;
  /** Where the results are written; undefined for .cache/bench. */
  readonly output?: string;
  readonly help: boolean;
}

export const help = `npm run bench -- [options]

Times training steps, those on words and with attention, generation, growth, tracing, near copies and the index, this
project's own beside PyTorch, Keras, stock TensorFlow.js and libraries of alignment, in turns, round by round. Prints
tables and writes all times as JSON. About 10 minutes.

  --quick           under a minute: the small network, fewer rounds, no Keras, no stock TensorFlow.js, no words,
                    no attention, no growth, no near copies, no index
  --parts NAMES     some of ${parts.join(",")}; all
  --sizes SIZES     networks as layers x neurons, e.g. 2x128,3x256
  --library N       millions of characters that are indexed, about six times as many bytes on disk; 100
  --rounds N        turns of each contender; 5, with --quick 3
  --peers FOLDER    a Python environment with the packages of bench/peers/requirements.txt; "none" for none.
                    Unless given, the bench makes its own in .cache/peers, about 3 GB, and --quick uses it where it is.
                    PyPI's torch for Linux brings CUDA along, 3 GB more; pip takes a smaller one from an index that
                    PIP_EXTRA_INDEX_URL names
  --output FILE     where the JSON is written; .cache/bench/<date>.json

The machine should do nothing else meanwhile.`;

/** @throws {SetupFailure} where an option is unknown or its value is none */
export function readArguments(args: readonly string[]): BenchOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        parts: { type: "string" },
        sizes: { type: "string" },
        library: { type: "string", default: "100" },
        rounds: { type: "string" },
        quick: { type: "boolean", default: false },
        peers: { type: "string" },
        output: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
    const { quick, peers, output, help } = values;
    const sizes = values.sizes?.split(",");
    sizes?.forEach(parseSize);
    const rounds = Number(values.rounds ?? (quick ? 3 : 5));
    if (!(Number.isInteger(rounds) && rounds > 0))
      throw new Error(`Expected \`--rounds\` to be a whole number of at least 1, got "${values.rounds}"`);
    const library = Number(values.library);
    if (!(library > 0))
      throw new Error(`Expected \`--library\` to be a number of millions above 0, got "${values.library}"`);
    const usual = parts.filter((part) => !quick || !slow.includes(part));
    return {
      parts: values.parts?.split(",").map(partOf) ?? usual,
      sizes,
      library,
      rounds,
      quick,
      peers,
      output,
      help,
    };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new SetupFailure(cause, "npm run bench -- --help");
  }
}

function partOf(name: string): Part {
  const part = parts.find((one) => one === name);
  if (!part) throw new Error(`Expected \`--parts\` to be some of ${parts.join(", ")}, got "${name}"`);
  return part;
}
