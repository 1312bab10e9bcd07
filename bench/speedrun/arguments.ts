/** What one may ask of `npm run speedrun`. */
import { parseArgs } from "node:util";
import { SetupFailure } from "../../setup/bare/failure.mjs";

export interface SpeedrunOptions {
  /** The file that is learned from. */
  readonly text: string;
  readonly seconds: number;
  readonly seeds: readonly number[];
  readonly checks: number;
  readonly quick: boolean;
  /** Whether the result goes into docs/speedrun.md. */
  readonly record: boolean;
  /** Names of entrants; undefined for all. */
  readonly only?: readonly string[];
  /** The peers' Python environment: see `npm run bench`. */
  readonly peers?: string;
  /** A folder; undefined for .cache/speedrun. */
  readonly output?: string;
  readonly help: boolean;
}

export const help = `npm run speedrun -- TEXT [options]

Seconds of training to a given validation loss: this project's network, PyTorch's LSTM and a small GPT, side by side on
this machine, in turns. TEXT is a file, of which the last tenth is held out. Prints a table and writes it with a chart and
all numbers.

  --seconds N       seconds of training steps for each; 180
  --seeds N,N       a training of each for every seed; 1
  --checks N        how often each is measured meanwhile; 18
  --only NAMES      some entrants by the beginning of their names, e.g. "palimpsest,small GPT"; all
  --quick           a small network of ours alone, 2 seconds
  --record          adds the result to docs/speedrun.md
  --peers FOLDER    a Python environment with torch; "none" for none. Unless given, that of \`npm run bench\`
  --output FOLDER   where table, chart and numbers are written; .cache/speedrun

The machine should do nothing else meanwhile. With all entrants a seed takes about five times the seconds, and a little more
for what is measured.`;

/** @throws {SetupFailure} where an option is unknown or its value is none */
export function readArguments(args: readonly string[]): SpeedrunOptions {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        seconds: { type: "string" },
        seeds: { type: "string", default: "1" },
        checks: { type: "string" },
        only: { type: "string" },
        quick: { type: "boolean", default: false },
        record: { type: "boolean", default: false },
        peers: { type: "string" },
        output: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
    const { only, quick, record, peers, output, help } = values;
    if (!help && positionals.length !== 1)
      throw new Error(`Expected one text, got ${positionals.length}: name its file`);
    return {
      text: positionals[0] ?? "",
      seconds: positive("seconds", values.seconds ?? (quick ? "2" : "180")),
      seeds: values.seeds.split(",").map((seed) => whole("seeds", seed, 0)),
      checks: whole("checks", values.checks ?? (quick ? "3" : "18"), 1),
      ...(only !== undefined && { only: only.split(",").map((name) => name.trim()) }),
      ...{ quick, record, peers, output, help },
    };
  } catch (error) {
    throw new SetupFailure(
      error instanceof Error ? error.message : String(error),
      "npm run speedrun -- --help",
    );
  }
}

function positive(name: string, value: string): number {
  if (!(Number(value) > 0)) throw new Error(`Expected \`--${name}\` to be a number above 0, got "${value}"`);
  return Number(value);
}

function whole(name: string, value: string, least: number): number {
  const number = value.trim() === "" ? NaN : Number(value);
  if (!(Number.isInteger(number) && number >= least))
    throw new Error(`Expected \`--${name}\` to be whole numbers of at least ${least}, got "${value}"`);
  return number;
}
