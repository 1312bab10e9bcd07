/** Machines as set-up may find them: a folder of small programs that is all of the PATH. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** A temporary folder, which is removed after the test that asks for it. */
export function temporaryFolder(context: Mocha.Context): string {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "palimpsest-"));
  context.test?.parent?.afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * The environment of a machine that has just these programs, each given as a shell script.
 *
 * @example machineWith(folder, { "g++": "echo g++ 12.2" })
 */
export function machineWith(folder: string, programs: Record<string, string>): NodeJS.ProcessEnv {
  for (const [name, script] of Object.entries(programs)) {
    fs.writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return { PATH: folder };
}

/** Sets variables of this process's environment until the test has ended. */
export function setEnvironment(context: Mocha.Context, variables: NodeJS.ProcessEnv): void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  context.test?.parent?.afterEach(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
}
