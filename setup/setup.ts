/** `npm run setup`: installs what is missing and opens nothing; tries again what could not be set up before. */
import { install } from "./install";
import { installZig } from "./tensorflow/zig";

/** @param args `--zig` first fetches Zig's C++ compiler, for machines without one */
export async function main(projectRoot: string, args: string[]): Promise<number> {
  if (args.includes("--zig")) await installZig(projectRoot);
  await install(projectRoot, { retry: true });
  console.log("Everything is set up. `npm start` opens JupyterLab.");
  return 0;
}
