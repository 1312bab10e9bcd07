/** The programs that compute for the bench, started together, and what each says of itself. */
import type { Facts } from "./answer";
import { nodeProgram, pythonProgram, type Program } from "./program";

/** The peers that may be absent, and the files that they run. */
const peers = {
  pytorch: { name: "PyTorch", file: "pytorch.py" },
  keras: { name: "Keras", file: "keras_tensorflow.py" },
  highlight: { name: "ml-indie-tools", file: "source_highlight.py" },
} as const;

export type PeerName = keyof typeof peers;

export interface Programs extends Partial<Record<PeerName | "stock", Program>> {
  readonly own: Program;
  /** What each program says of itself, by its name. */
  readonly about: Readonly<Record<string, Facts>>;
  /** Which are not there and why, a sentence each. */
  readonly notices: readonly string[];
  stop(): void;
}

/**
 * @param options.python of the peers' environment; without it none of them is started
 * @param options.wanted the peers that are wanted
 * @param options.stock whether stock TensorFlow.js is wanted
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
  const notices: string[] = [];
  const there: Partial<Record<PeerName | "stock", Program>> = {};
  for (const [key, program] of others) {
    try {
      about[program.name] = await program.about();
      there[key] = program;
    } catch (error) {
      notices.push(`Without ${program.name}: ${lastLine(error)}`);
    }
  }
  const stop = () => [own, ...others.map(([, program]) => program)].forEach((program) => program.stop());
  return { own, ...there, about, notices, stop };
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
