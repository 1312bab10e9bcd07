/** `npm run bench`: how fast this project's own code is, beside others, on this machine. */
import path from "node:path";
import { progressBar } from "../lib/show/progress-bar";
import { duration } from "../lib/show/style/numbers";
import { writeWhole } from "../setup/bare/stamp.mjs";
import { help, readArguments, type BenchOptions } from "./arguments";
import { fileDate, runCommand } from "./command";
import type { ContestOptions } from "./contest";
import { timeAttention } from "./training/attention";
import { timeGeneration } from "./training/generation";
import { timeGrowth } from "./training/growth";
import { parseSize } from "./training/network-size";
import { givenPeers, ownPeers, type PeersPython } from "./peers-environment";
import { startPrograms, type Programs } from "./programs";
import {
  attentionTable,
  generationTable,
  growthTable,
  indexTable,
  machineLines,
  nearTable,
  stepTable,
  tracingTable,
  wordsTable,
} from "./report";
import { timeNear } from "./tracing/near";
import { timeIndex } from "./tracing/trace-index";
import { timeSteps } from "./training/steps";
import { timeTracing } from "./tracing/tracing";
import { timeWords } from "./training/words";

/** What the network reads and how much of it in a step, as everywhere in the project's figures. */
const reading = { vocabulary: 90, time: 64, batch: 64 };

export function main(projectRoot: string, args: string[]): Promise<number> {
  return runCommand({ name: "bench", help, options: readArguments, run: bench }, projectRoot, args);
}

async function bench(projectRoot: string, options: BenchOptions, scratch: string): Promise<void> {
  const peers = await findPeers(projectRoot, options);
  const began = new Date();
  const programs = await startPrograms(projectRoot, {
    python: "python" in peers ? peers.python : undefined,
    wanted: wantedPeers(options),
    stock: !options.quick,
  });
  const notices = [...("problem" in peers ? [`Without peers: ${peers.problem}`] : []), ...programs.notices];
  try {
    const machine = machineLines(programs);
    console.log([...machine, ...notices].join("\n"));
    const results = await timeAll(programs, options, scratch);
    const output = options.output ?? path.join(projectRoot, ".cache", "bench", `${fileDate(began)}.json`);
    const written = { date: began, options, machine, about: programs.about, notices, ...results };
    writeWhole(path.resolve(output), `${JSON.stringify(written, null, 1)}\n`);
    console.log(`\n${duration((Date.now() - began.getTime()) / 1000)}. All times are in ${output}`);
  } finally {
    programs.stop();
  }
}

async function findPeers(projectRoot: string, { peers, quick }: BenchOptions): Promise<PeersPython> {
  if (peers === "none") return { problem: "as asked" };
  return peers === undefined ? ownPeers(projectRoot, { make: !quick }) : givenPeers(peers);
}

function wantedPeers({ parts, quick }: BenchOptions) {
  const networks = (["steps", "words", "generation"] as const).some((part) => parts.includes(part));
  return [
    ...(networks ? (["pytorch"] as const) : []),
    ...(networks && !quick ? (["keras"] as const) : []),
    ...(parts.includes("tracing") ? (["highlight"] as const) : []),
    ...(parts.includes("near") ? (["near"] as const) : []),
  ];
}

/** Runs the parts in their order, and prints the table of each as soon as it is there. */
async function timeAll(programs: Programs, options: BenchOptions, scratch: string) {
  const { parts, rounds, quick, library } = options;
  const bar = progressBar();
  const during = (label: string): ContestOptions => ({
    rounds,
    seconds: quick ? 0.3 : 1,
    onRound: (done) => bar({ label, done, total: rounds, unit: "rounds" }),
  });
  const sizes = (usual: string[]) => options.sizes ?? (quick ? ["2x128"] : usual);
  const results: Record<string, object> = {};
  if (parts.includes("steps")) {
    const steps = [];
    for (const name of sizes(["2x128", "3x256", "8x256", "4x512"]))
      steps.push(
        await timeSteps({ ...parseSize(name), ...reading }, programs, during(`Training steps ${name}`)),
      );
    console.log(stepTable(steps, reading));
    results.steps = steps;
  }
  if (parts.includes("words")) {
    const words = await timeWords(programs, during("Training steps on words"));
    console.log(wordsTable(words));
    results.words = words;
  }
  if (parts.includes("attention")) {
    const attention = await timeAttention(programs, during("Training steps with attention"));
    console.log(attentionTable(attention));
    results.attention = attention;
  }
  if (parts.includes("generation")) {
    const generation = [];
    for (const name of sizes(["2x128", "4x512"]))
      generation.push(
        await timeGeneration(
          { ...parseSize(name), vocabulary: reading.vocabulary },
          programs,
          during(`Generation ${name}`),
        ),
      );
    console.log(generationTable(generation));
    results.generation = generation;
  }
  if (parts.includes("growth")) {
    const growth = await timeGrowth(programs, during("Growth"));
    console.log(growthTable(growth));
    results.growth = growth;
  }
  if (parts.includes("tracing")) {
    const tracing = await timeTracing(programs, scratch, { ...during("Tracing"), quick });
    console.log(tracingTable(tracing));
    results.tracing = tracing;
  }
  if (parts.includes("near")) {
    const near = await timeNear(programs, scratch, during("Near copies"));
    console.log(nearTable(near));
    results.near = near;
  }
  if (parts.includes("index")) {
    const index = await timeIndex(programs, scratch, { ...during("Index"), characters: 1e6 * library });
    console.log(indexTable(index));
    results.index = index;
  }
  return results;
}
