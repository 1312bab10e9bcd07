/** `npm run speedrun`: seconds of training to a given validation loss, ours and PyTorch's, in turns on this machine. */
import fs from "node:fs";
import path from "node:path";
import { progressBar } from "../../lib/show/progress-bar";
import { count, duration } from "../../lib/show/style/numbers";
import { TextLibrary } from "../../lib/text/library";
import { SetupFailure } from "../../setup/bare/failure.mjs";
import { writeWhole } from "../../setup/bare/stamp.mjs";
import type { Facts } from "../answer";
import { fileDate, runCommand } from "../command";
import { givenPeers, ownPeers } from "../peers-environment";
import { nodeProgram, pythonProgram, type Program } from "../program";
import { machineLines } from "../report";
import { help, readArguments, type SpeedrunOptions } from "./arguments";
import { entrants as all, quickEntrants, type Entrant } from "./entrants";
import { race, type Texts } from "./race";
import { chart, record, table, type Result } from "./report";

/** The share that is held out, as in Karpathy's figures of tiny Shakespeare. */
const heldOut = 0.1;

export function main(projectRoot: string, args: string[]): Promise<number> {
  return runCommand({ name: "speedrun", help, options: readArguments, run: speedrun }, projectRoot, args);
}

async function speedrun(projectRoot: string, options: SpeedrunOptions, scratch: string): Promise<void> {
  const programs = new Map<Entrant["by"], Program>();
  try {
    const { texts, text } = await writeParts(options.text, scratch);
    const entrants = entrantsOf(options);
    for (const by of new Set(entrants.map((entrant) => entrant.by)))
      programs.set(by, by === "PyTorch" ? await pytorch(projectRoot, options) : ours(projectRoot));
    const result = await run(entrants, programs, { texts, text, options });
    console.log(table(result));
    keep(projectRoot, result, options);
  } finally {
    for (const program of programs.values()) program.stop();
  }
}

/** Reads the text as lib/ does and writes both of its parts, so that all programs have the same. */
async function writeParts(file: string, folder: string): Promise<{ texts: Texts; text: string }> {
  const library = await TextLibrary.open([file], { validation: heldOut });
  const texts = {
    training: path.join(folder, "training.txt"),
    validation: path.join(folder, "validation.txt"),
  };
  for (const part of ["training", "validation"] as const)
    fs.writeFileSync(texts[part], library[part].map(({ content }) => content).join(""));
  const [training, validation] = library.statistics().map(({ trainingCharacters, validationCharacters }) => {
    return [trainingCharacters, validationCharacters];
  })[0];
  const text = `${path.basename(file)}, ${count(training)} characters and ${count(validation)} held out`;
  return { texts, text };
}

function entrantsOf({ quick, peers, only }: SpeedrunOptions): Entrant[] {
  const there = (quick ? quickEntrants : all).filter(({ by }) => peers !== "none" || by === "palimpsest");
  const wanted = there.filter(({ name }) => !only || only.some((beginning) => name.startsWith(beginning)));
  const names = there.map(({ name }) => name).join(", ");
  if (wanted.length === 0)
    throw new SetupFailure(`Nobody of ${only?.join(", ")} takes part.`, `There are ${names}.`);
  return wanted;
}

function ours(projectRoot: string): Program {
  return nodeProgram(projectRoot, "palimpsest", "bench/speedrun/own.ts");
}

async function pytorch(projectRoot: string, { peers }: SpeedrunOptions): Promise<Program> {
  const found = peers === undefined ? await ownPeers(projectRoot, { make: true }) : givenPeers(peers);
  if ("problem" in found)
    throw new SetupFailure(found.problem, "Without PyTorch: npm run speedrun -- TEXT --peers none");
  return pythonProgram(found.python, "PyTorch", "speedrun.py");
}

async function run(
  entrants: readonly Entrant[],
  programs: ReadonlyMap<Entrant["by"], Program>,
  { texts, text, options }: { texts: Texts; text: string; options: SpeedrunOptions },
): Promise<Result> {
  const date = new Date();
  const about: Record<string, Facts> = {};
  for (const [by, program] of programs) about[by] = await program.about();
  const machine = machineLines({ about });
  console.log([text, ...machine].join("\n"));
  const { seconds, seeds, checks } = options;
  const bar = progressBar();
  const { runs, notices } = await race(
    entrants.map((entrant) => ({ entrant, program: programs.get(entrant.by)! })),
    { ...{ texts, seconds, seeds, checks }, onProgress: (progress) => bar(progress) },
  );
  return { ...{ date, text, entrants, runs }, machine: [...machine, ...notices] };
}

/** Writes all numbers, the chart and the record, and adds this to docs/speedrun.md where that is wanted. */
function keep(projectRoot: string, result: Result, options: SpeedrunOptions): void {
  const name = fileDate(result.date);
  const folder = path.resolve(options.output ?? path.join(projectRoot, ".cache", "speedrun"));
  const picture = chart(result);
  writeWhole(path.join(folder, `${name}.json`), `${JSON.stringify({ options, ...result }, null, 1)}\n`);
  writeWhole(path.join(folder, `${name}.svg`), picture);
  writeWhole(path.join(folder, `${name}.md`), record(result, `${name}.svg`));
  const took = duration((Date.now() - result.date.getTime()) / 1000);
  console.log(`\n${took}. All numbers and the chart are in ${path.join(folder, name)}.json, .svg and .md`);
  if (!options.record) return;
  const page = path.join(projectRoot, "docs", "speedrun.md");
  writeWhole(path.join(projectRoot, "docs", "speedrun", `${name}.svg`), picture);
  writeWhole(page, `${fs.readFileSync(page, "utf8").trimEnd()}\n\n${record(result, `speedrun/${name}.svg`)}`);
  console.log(`Added to ${page}`);
}
