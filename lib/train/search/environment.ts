/** The Python that Optuna runs in: the search's own environment, which set-up makes with the first search. */
import { spawn } from "node:child_process";
import path from "node:path";
import type { OnProgress } from "../../base/progress";

const projectRoot = path.join(__dirname, "..", "..", "..");
const requirements = "lib/train/search/engine/requirements.txt";

/**
 * Makes the environment where it is missing, which takes a minute and the network.
 *
 * @param onProgress is told each second that it takes
 * @returns its Python
 * @throws where it cannot be made, with what set-up says
 */
export async function searchPython(onProgress?: OnProgress): Promise<string> {
  const label = "Optuna's environment";
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const timer = setInterval(() => onProgress?.({ label, done: seconds(), unit: "seconds" }), 1000);
  try {
    await setUp();
  } finally {
    clearInterval(timer);
  }
  if (seconds() > 0) onProgress?.({ label, done: seconds(), total: seconds(), unit: "seconds" });
  const file = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
  return path.join(projectRoot, ".cache", "search", ".venv", ...file);
}

async function setUp(): Promise<void> {
  const script = path.join(projectRoot, "setup", "run.mjs");
  const args = [script, "setup/environment.ts", "search", requirements];
  const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.resume();
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0) throw new Error(`Optuna's environment could not be made.\n${said.trim()}`);
}
