/**
 * `npm run sanitize`: compiles the network's own operations with AddressSanitizer and UndefinedBehaviorSanitizer, every
 * warning of the compiler an error, beside those that are in use, and runs their tests with them. The first read or write
 * outside of what an operation was given ends it, and so does the first undefined behaviour. Needs g++ on Linux.
 */
import { spawn, spawnSync } from "node:child_process";
import path from "node:path";
import { installedBackend } from "./tensorflow/backend";
import { SetupFailure } from "./bare/failure.mjs";
import { findCompiler } from "./tensorflow/compiler";
import { install } from "./install";
import { compileOperations } from "./tensorflow/native";

const flags = [
  ...["-O1", "-g", "-fno-omit-frame-pointer"],
  ...["-Wall", "-Wextra", "-Werror"],
  ...["-fsanitize=address,undefined,float-cast-overflow", "-fno-sanitize-recover=all"],
];

const tests = ["native*", "fused", "not-finite"].map((name) => `test/network/lstm/fused/${name}.test.ts`);

/** @returns 0 where all tests passed and no sanitizer found anything */
export async function main(projectRoot: string, args: readonly string[]): Promise<number> {
  await install(projectRoot);
  const addon = await compileOperations(projectRoot, tensorflowOf(projectRoot), {
    folder: path.join(projectRoot, ".cache", "native-sanitized"),
    flags,
    label: "Compiling the operations with sanitizers",
  });
  const mocha = path.join(projectRoot, "node_modules", "mocha", "bin", "mocha.js");
  const preload = path.join(projectRoot, "test", "network", "lstm", "fused", "sanitized.ts");
  const child = spawn(process.execPath, [mocha, "--require", preload, ...(args.length ? args : tests)], {
    cwd: projectRoot,
    stdio: "inherit",
    env: {
      ...process.env,
      PALIMPSEST_SANITIZED: addon,
      PALIMPSEST_REQUIRE: "compiled operations",
      // Node itself knows nothing of sanitizers, whose library has to be the first one then.
      LD_PRELOAD: addressSanitizer(),
      // What Node and TensorFlow keep until they end is no leak of ours, and not to be waited for.
      ASAN_OPTIONS: "detect_leaks=0:detect_odr_violation=0",
      UBSAN_OPTIONS: "print_stacktrace=1",
    },
  });
  return new Promise((resolve) => child.on("close", (exitCode) => resolve(exitCode ?? 1)));
}

function tensorflowOf(projectRoot: string): string {
  const backend = installedBackend(projectRoot);
  if (!backend?.tensorflow)
    throw new SetupFailure("There is no native TensorFlow to compile against.", "npm run doctor tells why.");
  return backend.tensorflow;
}

/** The library of AddressSanitizer that comes with the compiler. */
function addressSanitizer(): string {
  const command = findCompiler();
  const name = "libasan.so";
  const found =
    command && spawnSync(command, [`-print-file-name=${name}`], { encoding: "utf8" }).stdout.trim();
  // A compiler that does not have it answers with the bare name.
  if (!found || !path.isAbsolute(found))
    throw new SetupFailure(
      `Expected ${name} beside the compiler, found none.`,
      "Sanitizers need g++ with its libraries, on Linux: CXX=g++ npm run sanitize",
    );
  return found;
}
