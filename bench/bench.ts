/** `npm run bench`: how fast this project's own code is, beside others, on this machine. */
import path from "node:path";
import { duration } from "../lib/show/style/numbers";
import { writeWhole } from "../setup/bare/stamp.mjs";
import { help, readArguments, type BenchOptions } from "./arguments";
import { fileDate, runCommand } from "./command";
import { timedParts } from "./parts";
import { givenPeers, ownPeers, type PeersPython } from "./peers-environment";
import { startPrograms, type Programs } from "./programs";
import { machineLines } from "./report";

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

/** Runs the parts that are asked for in their order, and prints the table of each as soon as it is there. */
async function timeAll(programs: Programs, options: BenchOptions, scratch: string) {
  const results: Record<string, object> = {};
  for (const [name, time] of Object.entries(timedParts(programs, options, scratch)))
    if ((options.parts as readonly string[]).includes(name)) results[name] = await time();
  return results;
}
