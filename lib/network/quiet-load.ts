/**
 * Loads a foreign library without what it logs meanwhile. On processors with AVX-512, TensorFlow prints two lines while it is
 * loaded, whatever it has been asked; set-up has compiled what turns standard error away (`setup/tensorflow/stderr.cc`). All
 * other lines are handed on: nothing is lost.
 */
import { createRequire } from "node:module";
import { findStandardError } from "./compiled";

interface StandardError {
  turnAway(): void;
  /** What was written since. */
  giveBack(): string;
}

/** Information and warnings as TensorFlow and absl write them, and the line that goes on with the first. */
const foreign = [
  /^WARNING: All log messages before absl::InitializeLog\(\)/,
  /^[IW]\d{4} [\d:.]+ +\d+ \S+:\d+\] /,
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+: [IW] \S+:\d+\] /,
  /^To enable the following instructions: /,
];

/**
 * @param addon the file of what turns standard error away; without one, `load` is just called
 * @example const library = quietly(() => require("a-library-that-talks"));
 */
export function quietly<Loaded>(load: () => Loaded, addon = findStandardError()): Loaded {
  const standardError = addon === undefined ? undefined : loadAddon(addon);
  if (!standardError) return load();
  standardError.turnAway();
  try {
    return load();
  } finally {
    const lines = standardError.giveBack().match(/[^\n]*\n|[^\n]+$/g) ?? [];
    const others = lines.filter((line) => !foreign.some((pattern) => pattern.test(line)));
    if (others.length > 0) process.stderr.write(others.join(""));
  }
}

function loadAddon(file: string): StandardError | undefined {
  try {
    return createRequire(file)(file) as StandardError;
  } catch {
    return undefined; // of another system or Node.js: then two lines more are printed
  }
}
