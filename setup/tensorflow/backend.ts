/**
 * Which TensorFlow computes: the wheel's, for which the binding is compiled here; else, where there is a GPU, the one that its
 * npm package downloads; else none, and our operations compute in WebAssembly, which comes with the project. What came of it is
 * noted in a stamp beside the binding, so that a machine without a compiler or a network does not try again at every start.
 */
import fs from "node:fs";
import { SetupFailure } from "../bare/failure.mjs";
import { compilerRemedy, zigRemedy } from "../bare/find.mjs";
import { backendStamp, bindingFile } from "../bare/project.mjs";
import { readStamp, writeStamp } from "../bare/stamp.mjs";
import { compileBinding } from "./binding";
import { findCompiler } from "./compiler";
import { downloadPrebuilt } from "./prebuilt";
import { installTensorflow, removeOtherTensorflows, tensorflowFolder, tensorflowVariant } from "./tensorflow";

/** What set-up has come to. */
export interface Backend {
  readonly kind: "compiled" | "prebuilt" | "wasm";
  /** Why it is not "compiled", and what mends that; "" where it is. */
  readonly reason: string;
  /** The folder of the TensorFlow that belongs to this machine and this version of the project. */
  readonly tensorflow: string;
  /** Whether there was a compiler. */
  readonly compiler: boolean;
}

/** What set-up has come to, or undefined where it has to decide: never before, or not for the machine as it is now. */
export function installedBackend(projectRoot: string): Backend | undefined {
  const backend = readStamp(backendStamp(projectRoot)) as Backend | undefined;
  if (backend?.tensorflow !== tensorflowFolder(projectRoot, tensorflowVariant())) return undefined;
  const complete =
    backend.kind === "compiled"
      ? fs.existsSync(bindingFile(projectRoot)) && fs.existsSync(backend.tensorflow)
      : backend.compiler === (findCompiler(projectRoot) !== undefined);
  return complete ? backend : undefined;
}

/** Forgets an attempt that did not come to the fastest backend, so that `installBackend` is due again. */
export function forgetFailedBackend(projectRoot: string): void {
  if (installedBackend(projectRoot)?.kind !== "compiled")
    fs.rmSync(backendStamp(projectRoot), { force: true });
}

/** Sets up the best backend that this machine allows. Never fails: WebAssembly always runs. */
export async function installBackend(projectRoot: string): Promise<Backend> {
  const variant = tensorflowVariant();
  const tensorflow = tensorflowFolder(projectRoot, variant);
  const compiler = findCompiler(projectRoot) !== undefined;
  fs.rmSync(backendStamp(projectRoot), { force: true });
  const attempts: Attempt[] = [
    [
      "compiled",
      async () => {
        if (!compiler) throw new SetupFailure("There is no C++ compiler.", compilerRemedy());
        await installTensorflow(projectRoot, variant);
        await compileBinding(projectRoot, tensorflow);
        removeOtherTensorflows(projectRoot, variant);
      },
    ],
    // Without a GPU its plain operations are slower than ours in WebAssembly.
    ...(variant === "gpu" ? [["prebuilt", () => downloadPrebuilt(projectRoot, variant)] as Attempt] : []),
    ["wasm", async () => fs.rmSync(bindingFile(projectRoot), { force: true })],
  ];
  const reasons: string[] = [];
  for (const [kind, attempt] of attempts) {
    try {
      await attempt();
      const backend = { kind, reason: reasons.join("\n"), tensorflow, compiler };
      writeStamp(backendStamp(projectRoot), backend);
      return backend;
    } catch (error) {
      if (!(error instanceof SetupFailure)) throw error;
      reasons.push(error.message);
    }
  }
  throw new Error("Unreachable: the last attempt cannot fail");
}

type Attempt = [kind: Backend["kind"], attempt: () => Promise<void>];

/** What the user has to know of a backend that is not the fastest; undefined where it is. */
export function backendWarning(backend: Backend): string | undefined {
  if (backend.kind === "compiled") return undefined;
  const computes =
    backend.kind === "prebuilt"
      ? "An older TensorFlow computes instead, on the GPU."
      : "The network computes in WebAssembly, at a quarter to half of the speed of native operations.";
  const zig = backend.compiler ? "" : zigRemedy();
  return `${computes}\n${backend.reason}\nThen \`npm run setup\` tries to build them. ${zig}`.trim();
}
