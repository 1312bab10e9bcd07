/** The C++ compiler of this machine, and calls of it that take long. */
import { compilerRemedy, findCompiler as find } from "../bare/find.mjs";
import { SetupFailure } from "../bare/failure.mjs";
import { runWithProgress } from "../bare/progress.mjs";

/** The command of a compiler that takes g++'s options (the one that `CXX` names, g++, clang++ or Zig's), or undefined. */
export function findCompiler(projectRoot: string): string | undefined {
  return find(projectRoot)?.command;
}

/**
 * Runs the compiler with `args`, e.g. `["-O2", "-shared", "a.cc", "-o", "a.node"]`, and shows how long it takes.
 *
 * @throws {SetupFailure} where there is no compiler, or with its last lines where it fails
 */
export async function compile(
  projectRoot: string,
  args: readonly string[],
  { label }: { label: string },
): Promise<void> {
  const command = findCompiler(projectRoot);
  if (command === undefined) throw new SetupFailure(`${label}: there is no C++ compiler.`, compilerRemedy());
  await runWithProgress(command, args, {
    label,
    remedy: `See the compiler's own words above; a newer ${command} may help, or another one by CXX=….`,
  });
}
