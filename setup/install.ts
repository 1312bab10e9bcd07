/**
 * Everything that a notebook needs, step by step; a step that is done is not done again. The npm packages are there
 * already: `run.mjs` installs them, because this file needs them.
 */
import {
  backendWarning,
  forgetFailedBackend,
  installBackend,
  installedBackend,
  type Backend,
} from "./tensorflow/backend";
import { SetupFailure } from "./bare/failure.mjs";
import { alone } from "./bare/lock.mjs";
import { findCompiler } from "./tensorflow/compiler";
import { configureJupyter, jupyterConfigured } from "./jupyter";
import { buildNative } from "./tensorflow/native";
import { buildStderr } from "./tensorflow/stderr";
import { compileLibrary } from "./library";
import { installPython, pythonInstalled } from "./python";

/** One part of set-up. */
export interface Step {
  isDone(projectRoot: string): boolean;
  make(projectRoot: string): void | Promise<unknown>;
}

const steps: readonly Step[] = [
  { isDone: pythonInstalled, make: installPython },
  { isDone: jupyterConfigured, make: configureJupyter },
  { isDone: (projectRoot) => installedBackend(projectRoot) !== undefined, make: installBackend },
];

/**
 * Makes what is missing, and says what computes where that is not the fastest.
 *
 * @param options.retry whether to try again what could not be set up before; false unless given
 * @throws {SetupFailure} where something fails without which no notebook runs
 */
export async function install(projectRoot: string, { retry = false } = {}): Promise<void> {
  if (retry) forgetFailedBackend(projectRoot);
  await makeMissing(projectRoot, steps);
  const backend = installedBackend(projectRoot);
  const warning = backend && (backendWarning(backend) ?? (await buildOperations(projectRoot, backend)));
  if (warning !== undefined) console.log(`\n${warning}\n`);
  await compileLibrary(projectRoot);
}

/** The project's own operations for TensorFlow, which compute the LSTM faster; what to tell where they fail. */
async function buildOperations(projectRoot: string, { tensorflow }: Backend): Promise<string | undefined> {
  if (findCompiler(projectRoot) === undefined) return undefined; // Then those that were built before a compiler went are used.
  try {
    await buildNative(projectRoot, tensorflow);
    await buildStderr(projectRoot);
    return undefined;
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    return `The native operations could not be built; the network computes in WebAssembly, at a quarter to half of their speed.\n${error.message}`;
  }
}

/** Makes the steps that are not done, in order, while no other set-up of the project runs. */
export async function makeMissing(projectRoot: string, steps: readonly Step[]): Promise<void> {
  if (steps.every((step) => step.isDone(projectRoot))) return;
  await alone(
    projectRoot,
    async () => {
      for (const step of steps) if (!step.isDone(projectRoot)) await step.make(projectRoot);
    },
    console.log,
  );
}
