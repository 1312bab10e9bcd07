/**
 * `npm run sanitize`: compiles the network's own operations with AddressSanitizer and UndefinedBehaviorSanitizer, every
 * warning of the compiler an error, beside those that are in use, and runs their tests with them. The first read or write
 * outside of what an operation was given ends it, and so does the first undefined behaviour. Needs g++ on Linux.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { installedBackend } from "./tensorflow/backend";
import { SetupFailure } from "./bare/failure.mjs";
import { findCompiler } from "./tensorflow/compiler";
import { mocha, summary, type Counts } from "./checks/mocha";
import { install } from "./install";
import { compileOperations } from "./tensorflow/native";

const flags = [
  ...["-O1", "-g", "-fno-omit-frame-pointer"],
  ...["-Wall", "-Wextra", "-Werror"],
  ...["-fsanitize=address,undefined,float-cast-overflow", "-fno-sanitize-recover=all"],
];

const tests = [
  ...["native*", "fused", "adaptive", "not-finite*"].map((name) => `test/network/lstm/fused/${name}.test.ts`),
  "test/network/implementation.test.ts",
];

export async function main(projectRoot: string): Promise<number> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "palimpsest-sanitize-"));
  try {
    await install(projectRoot);
    const counts = await sanitize(projectRoot, scratch);
    console.log(`\n${summary(counts)}`);
    return counts.failed.length === 0 ? 0 : 1;
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** Runs the tests of the operations with sanitizers; what one of them finds ends the run, which then counts as failed. */
export async function sanitize(projectRoot: string, scratch: string): Promise<Counts> {
  const addon = await compileOperations(projectRoot, tensorflowOf(projectRoot), {
    folder: path.join(projectRoot, ".cache", "native-sanitized"),
    flags,
    label: "Compiling the operations with sanitizers",
  });
  const preload = path.join(projectRoot, "test", "network", "lstm", "fused", "sanitized.ts");
  return mocha(projectRoot, scratch, ["--require", preload, ...tests], {
    env: {
      ...process.env,
      PALIMPSEST_SANITIZED: addon,
      PALIMPSEST_REQUIRE: "compiled operations",
      // Node itself knows nothing of sanitizers, whose library has to be the first one then.
      LD_PRELOAD: addressSanitizer(projectRoot),
      // What Node and TensorFlow keep until they end is no leak of ours, and not to be waited for.
      ASAN_OPTIONS: "detect_leaks=0:detect_odr_violation=0",
      UBSAN_OPTIONS: "print_stacktrace=1",
    },
  });
}

function tensorflowOf(projectRoot: string): string {
  const backend = installedBackend(projectRoot);
  if (!backend?.tensorflow)
    throw new SetupFailure("There is no native TensorFlow to compile against.", "npm run doctor tells why.");
  return backend.tensorflow;
}

/** The library of AddressSanitizer that comes with the compiler. */
function addressSanitizer(projectRoot: string): string {
  const command = findCompiler(projectRoot);
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
