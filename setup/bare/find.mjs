/**
 * What this machine has: Python, a C++ compiler, an NVIDIA GPU, Chromium. Nothing is kept: every call looks anew.
 * Plain JavaScript, like all of `setup/bare`, because the doctor and the first start use it before anything is installed.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import process from "node:process";

/** @typedef {{ command: string, version: string }} Found a command as it can be called, and the version it tells */

const oldestNode = "20.19";
const oldestPython = "3.10";

/** Whether the Node.js that runs this is one that the project runs on. */
export function nodeIsNewEnough() {
  return isAtLeast(process.versions.node, oldestNode);
}

/** What to do about an old Node.js. */
export function nodeRemedy() {
  return `Install Node.js ${oldestNode} or newer (https://nodejs.org), then run the same command again.`;
}

/**
 * A Python from 3.10 on that can make virtual environments: the one that `PYTHON` names, or the first on the PATH.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Found | { problem: string, remedy: string }}
 */
export function findPython(environment = process.env) {
  const names = environment.PYTHON
    ? [environment.PYTHON]
    : ["python3", "python3.13", "python3.12", "python3.11", "python3.10", "python3.14", "python"];
  let problem = environment.PYTHON
    ? `PYTHON names ${environment.PYTHON}, which does not run.`
    : "There is no Python.";
  let remedy = pythonRemedy();
  for (const command of names) {
    const script = "import platform; print(platform.python_version()); import ensurepip, venv; print('venv')";
    const [version, venv] = ask(command, ["-c", script], environment, true).split(/\r?\n/);
    if (!/^\d+\.\d+/.test(version)) continue;
    if (!isAtLeast(version, oldestPython)) {
      problem = `${command} is Python ${version}, and JupyterLab needs ${oldestPython} or newer.`;
    } else if (venv !== "venv") {
      problem = `${command} is Python ${version} without venv, which makes virtual environments.`;
      remedy =
        process.platform === "linux"
          ? "sudo apt-get install python3-venv (or your system's package of it)"
          : remedy;
    } else {
      return { command, version };
    }
  }
  return { problem, remedy };
}

/**
 * A C++ compiler that takes g++'s options: the one that `CXX` names, or the first of g++, clang++ and Zig's, where
 * `npm run setup -- --zig` has fetched that.
 *
 * @param {string} projectRoot
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Found | undefined}
 */
export function findCompiler(projectRoot, environment = process.env) {
  const names = environment.CXX ? [environment.CXX] : ["g++", "clang++", zigCommand(projectRoot)];
  for (const command of names) {
    const [version] = ask(command, ["--version"], environment).split("\n");
    if (version !== "") return { command, version };
  }
  return undefined;
}

/**
 * Where Zig's compiler is, once it has been fetched.
 *
 * @param {string} projectRoot
 */
export function zigFolder(projectRoot) {
  return path.join(projectRoot, ".cache", "wasm");
}

/**
 * The command by which Zig's compiler is called as g++ would be.
 *
 * @param {string} projectRoot
 */
export function zigCommand(projectRoot) {
  return path.join(zigFolder(projectRoot), "c++");
}

/** The command that installs a compiler here. */
export function compilerRemedy() {
  if (process.platform === "darwin") return "xcode-select --install";
  if (process.platform === "win32") return "use WSL, where set-up compiles with g++";
  return "sudo apt-get install g++ (or your system's package of it)";
}

/** What to do instead where nobody may install a compiler, as a sentence; "" on systems where that leads to nothing faster. */
export function zigRemedy() {
  return process.platform === "linux"
    ? "Where you may not install one, `npm run setup -- --zig` fetches one of 100 MB from PyPI into the project."
    : "";
}

/**
 * The names of the NVIDIA GPUs that the driver shows, e.g. `["NVIDIA H200"]`; none without a driver.
 *
 * @param {NodeJS.ProcessEnv} environment
 */
export function findGpus(environment = process.env) {
  const list = ask("nvidia-smi", ["-L"], environment);
  return [...list.matchAll(/^GPU \d+: (.+?)(?: \(UUID.*)?$/gm)].map((match) => match[1]);
}

/**
 * A Chromium for the browser tests: the one that `CHROMIUM_PATH` names, or the first on the PATH; its command is the
 * program's whole path, which playwright wants.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Found | undefined}
 */
export function findChromium(environment = process.env) {
  const names = environment.CHROMIUM_PATH
    ? [environment.CHROMIUM_PATH]
    : ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"];
  for (const command of names) {
    const version = ask(command, ["--version"], environment);
    if (version !== "") return { command: wholePath(command, environment), version };
  }
  return undefined;
}

/** The command that installs Chromium here. */
export function chromiumRemedy() {
  return process.platform === "linux"
    ? "sudo apt-get install chromium (or set CHROMIUM_PATH to a Chromium or Chrome)"
    : "install Chromium or Chrome, and set CHROMIUM_PATH to its program";
}

function pythonRemedy() {
  if (process.platform === "darwin") return "brew install python@3.13, or set PYTHON to a newer one";
  if (process.platform === "win32") return "winget install Python.Python.3.13, or set PYTHON to a newer one";
  return "sudo apt-get install python3 python3-venv (or your system's packages of them), or set PYTHON to a newer one";
}

/**
 * Whether a version is another one or newer, e.g. `("3.9.18", "3.10") -> false`.
 *
 * @param {string} version
 * @param {string} oldest
 */
function isAtLeast(version, oldest) {
  const [major, minor] = version.split(".").map(Number);
  const [oldestMajor, oldestMinor] = oldest.split(".").map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/**
 * Where a command on the PATH is, e.g. `"chromium" -> "/usr/bin/chromium"`.
 *
 * @param {string} command
 * @param {NodeJS.ProcessEnv} environment
 */
function wholePath(command, environment) {
  const folders = (environment.PATH ?? "").split(path.delimiter);
  const places = command.includes(path.sep) ? [] : folders.map((folder) => path.join(folder, command));
  return path.resolve(places.find((place) => fs.existsSync(place)) ?? command);
}

/**
 * What a command says on its standard output, trimmed; "" where it does not run or fails.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} environment
 * @param {boolean} evenWhenItFails
 */
function ask(command, args, environment, evenWhenItFails = false) {
  const answer = spawnSync(command, args, { env: environment, encoding: "utf8", timeout: 20_000 });
  return answer.status === 0 || evenWhenItFails ? (answer.stdout ?? "").trim() : "";
}
