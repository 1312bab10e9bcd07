/** The programs that compute for the bench, started together, and what each says of itself. */
import path from "node:path";
import type { Facts } from "./answer";
import { nodeProgram, pythonProgram, type Program } from "./program";

/** The peers that may be absent, and the files that they run. */
const peers = {
  pytorch: { name: "PyTorch", file: "pytorch.py" },
  keras: { name: "Keras", file: "keras_tensorflow.py" },
  highlight: { name: "ml-indie-tools", file: "source_highlight.py" },
  near: { name: "edlib, rapidfuzz, parasail", file: "near_copies.py" },
} as const;

export type PeerName = keyof typeof peers;

/** This project's own code in another environment than as it runs here by itself. */
export interface Way {
  /** For the tables: "wasm, 1 thread". */
  readonly by: string;
  readonly program: Program;
  readonly implementation: string;
  /** Whether it takes seconds for what others do in milliseconds. */
  readonly slow?: boolean;
}

export interface Programs extends Partial<Record<PeerName | "stock", Program>> {
  readonly own: Program;
  readonly ways: readonly Way[];
  /** The page in Chromium, which is timed where it learns. */
  readonly pages: readonly Program[];
  /** What each program says of itself, by its name. */
  readonly about: Readonly<Record<string, Facts>>;
  /** Which are not there and why, a sentence each. */
  readonly notices: readonly string[];
  stop(): void;
}

/**
 * @param options.python of the peers' environment; without it none of them is started
 * @param options.wanted the peers that are wanted
 * @param options.stock whether stock TensorFlow.js is wanted, this project's network by TensorFlow.js' WebAssembly, and
 *   the page in Chromium
 */
export async function startPrograms(
  projectRoot: string,
  { python, wanted, stock }: { python?: string; wanted: readonly PeerName[]; stock: boolean },
): Promise<Programs> {
  const own = nodeProgram(projectRoot, "palimpsest", "bench/own.ts");
  const others: [PeerName | "stock", Program][] = wanted.flatMap((peer) =>
    python ? [[peer, pythonProgram(python, peers[peer].name, peers[peer].file)]] : [],
  );
  if (stock)
    others.push(["stock", nodeProgram(projectRoot, "stock TensorFlow.js", "bench/training/stock.ts")]);
  const about: Record<string, Facts> = { [own.name]: await own.about() };
  const ways = ownWays(projectRoot, {
    fused: String(about[own.name].implementations).split(" ").includes("fused"),
    slow: stock,
  });
  for (const { by, program } of ways) about[by] = await program.about();
  const notices: string[] = [];
  const pages: Program[] = [];
  for (const program of stock ? pagesOf(projectRoot) : []) {
    try {
      about[program.name] = await program.about();
      pages.push(program);
    } catch (error) {
      notices.push(`Without ${program.name}: ${lastLine(error)}`);
    }
  }
  const there: Partial<Record<PeerName | "stock", Program>> = {};
  for (const [key, program] of others) {
    try {
      about[program.name] = await program.about();
      there[key] = program;
    } catch (error) {
      notices.push(`Without ${program.name}: ${lastLine(error)}`);
    }
  }
  const all = [own, ...ways.map(({ program }) => program), ...others.map(([, program]) => program), ...pages];
  const stop = () => all.forEach((program) => program.stop());
  return { own, ways, pages, ...there, about, notices, stop };
}

/** By WebAssembly and by native operations, on one thread and on all, and what there was before where native ones are missing. */
function ownWays(
  projectRoot: string,
  { fused, slow }: { readonly fused: boolean; readonly slow: boolean },
): Way[] {
  const hide = `--require ${JSON.stringify(path.join(projectRoot, "test", "network", "without-native.cjs"))}`;
  const way = (by: string, implementation: string, env: NodeJS.ProcessEnv): Way => {
    return { by, implementation, program: nodeProgram(projectRoot, by, "bench/own.ts", env) };
  };
  const one = { PALIMPSEST_THREADS: "1" };
  const byTensorflowJs = { PALIMPSEST_LSTM: "reference", NODE_OPTIONS: hide };
  return [
    ...(fused ? [way("fused, 1 thread", "fused", one)] : []),
    way("wasm", "wasm", { PALIMPSEST_LSTM: "wasm" }),
    way("wasm, 1 thread", "wasm", { PALIMPSEST_LSTM: "wasm", ...one }),
    ...(slow ? [{ ...way("TensorFlow.js' WebAssembly", "reference", byTensorflowJs), slow }] : []),
  ];
}

/** The same operations in Chromium, as an exported page has them. */
function pagesOf(projectRoot: string): Program[] {
  const page = (by: string, env: NodeJS.ProcessEnv) =>
    nodeProgram(projectRoot, by, "bench/training/in-page.ts", env);
  return [page("page, isolated", { PALIMPSEST_ISOLATED: "1" }), page("page, 1 thread", {})];
}

/** The implementations that run here, the fastest first. */
export function implementationsOf({ own, about }: Programs): string[] {
  return String(about[own.name].implementations).split(" ");
}

function lastLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error)
    .trim()
    .split("\n")
    .at(-1)!;
}
