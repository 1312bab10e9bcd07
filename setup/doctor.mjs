/**
 * `npm run doctor`: one screen that says what there is, what is missing and which command mends it, or, with `--json`,
 * a document that does. Installs nothing, and works where nothing is installed.
 */
import { spawnSync } from "node:child_process";
import console from "node:console";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import {
  chromiumRemedy,
  compilerRemedy,
  findChromium,
  findCompiler,
  findGpus,
  findPython,
  nodeIsNewEnough,
  nodeRemedy,
  zigRemedy,
} from "./bare/find.mjs";
import { npmCommand, packagesInstalled } from "./bare/packages.mjs";
import { backendStamp, jupyterFolder, venvPython } from "./bare/project.mjs";
import { readStamp } from "./bare/stamp.mjs";

/**
 * A line of the screen. What has a remedy is missing; what is essential as well keeps `npm start` from working.
 *
 * @typedef {{ name: string, found: string, remedy?: string, essential?: boolean }} Finding
 */

process.exitCode = examine(fs.realpathSync(path.join(process.argv[1], "..", "..")), {
  json: process.argv.includes("--json"),
});

/**
 * Prints the screen.
 *
 * @param {string} projectRoot
 * @param {{ json: boolean }} options
 * @returns {number} the exit code: 0 where `npm start` works or installs what it needs
 */
function examine(projectRoot, { json }) {
  const findings = [node(), npm(), python(), ...installed(projectRoot), compiler(projectRoot), chromium()];
  const hindrances = findings.filter(({ remedy, essential }) => remedy !== undefined && essential);
  const exitCode = hindrances.length === 0 ? 0 : 1;
  if (json) {
    console.log(JSON.stringify({ works: exitCode === 0, findings }));
    return exitCode;
  }
  const width = Math.max(...findings.map(({ name }) => name.length));
  for (const { name, found, remedy, essential } of findings) {
    const mark = remedy === undefined ? "✓" : essential ? "✗" : "–";
    console.log(`${mark} ${name.padEnd(width)}  ${found}`);
    if (remedy !== undefined) console.log(`  ${" ".repeat(width)}  → ${remedy}`);
  }
  console.log(
    hindrances.length === 0
      ? "\n`npm start` works on this machine."
      : `\n\`npm start\` needs first: ${hindrances.map(({ name }) => name).join(", ")}.`,
  );
  return exitCode;
}

/** @returns {Finding} */
function node() {
  const found = `${process.versions.node} (${process.platform} ${process.arch})`;
  return { name: "Node.js", found, ...(nodeIsNewEnough() ? {} : { remedy: nodeRemedy(), essential: true }) };
}

/** @returns {Finding} */
function npm() {
  const { command, args } = npmCommand();
  const version = ask(command, [...args, "--version"]);
  return version
    ? { name: "npm", found: version }
    : missing("npm", "It comes with Node.js (https://nodejs.org).", true);
}

/** @returns {Finding} */
function python() {
  const python = findPython();
  if ("problem" in python)
    return { name: "Python", found: python.problem, remedy: python.remedy, essential: true };
  return { name: "Python", found: `${python.version} (${python.command})` };
}

/**
 * @param {string} projectRoot
 * @returns {Finding}
 */
function compiler(projectRoot) {
  const compiler = findCompiler(projectRoot);
  if (compiler) return { name: "C++ compiler", found: compiler.version };
  return missing(
    "C++ compiler",
    `${compilerRemedy()}, then npm run setup: training gets two to four times as fast. ${zigRemedy()}`.trim(),
  );
}

/** @returns {Finding} */
function chromium() {
  const chromium = findChromium();
  if (chromium) return { name: "Chromium", found: `${chromium.version} (for npm test)` };
  return missing("Chromium", `${chromiumRemedy()}; only npm test uses it`);
}

/**
 * What set-up makes.
 *
 * @param {string} projectRoot
 * @returns {Finding[]}
 */
function installed(projectRoot) {
  const remedy = "npm start";
  const packages = packagesInstalled(projectRoot);
  const version = "from importlib.metadata import version; print(version('jupyterlab'))";
  const jupyterLab = ask(venvPython(projectRoot), ["-c", version]);
  const kernel = fs.existsSync(path.join(jupyterFolder(projectRoot), "kernels", "tslab", "kernel.json"));
  return [
    packages ? { name: "npm packages", found: "as in package-lock.json" } : missing("npm packages", remedy),
    jupyterLab ? { name: "JupyterLab", found: jupyterLab } : missing("JupyterLab", remedy),
    kernel ? { name: "Kernel", found: "tslab, in .venv" } : missing("Kernel", remedy),
    ...(packages ? computing(projectRoot) : [missing("TensorFlow", remedy)]),
  ];
}

/**
 * Which TensorFlow computes, on what, and which LSTM.
 *
 * @param {string} projectRoot
 * @returns {Finding[]}
 */
function computing(projectRoot) {
  const answer = ask(process.execPath, [path.join(projectRoot, "setup", "run.mjs"), "setup/runtime.ts"]);
  if (answer === "") return [missing("TensorFlow", "rm -r node_modules && npm start")];
  /** @type {import("./runtime").Computes} */
  const { kind, version, gpu, lstm } = JSON.parse(answer.slice(answer.lastIndexOf("\n") + 1));
  const gpus = findGpus();
  const kinds = {
    native: "native",
    module: "TensorFlow.js, around operations in WebAssembly",
    wasm: "TensorFlow.js, WebAssembly",
    javascript: "TensorFlow.js, JavaScript",
  };
  const computes = `${version}, ${kinds[kind]}`;
  const processor = `${os.cpus()[0]?.model.trim() ?? process.arch}, ${os.availableParallelism()} threads`;
  return [
    kind === "native"
      ? { name: "TensorFlow", found: computes }
      : { name: "TensorFlow", found: `${computes}. ${whyNotNative(projectRoot)}`, remedy: "npm run setup" },
    gpus.length > 0 && !gpu
      ? {
          name: "Computes on",
          found: `${processor}, though there is ${gpus[0]}`,
          remedy: gpuRemedy(projectRoot),
        }
      : { name: "Computes on", found: gpu ? gpus.join(", ") : processor },
    { name: "LSTM", found: lstm },
  ];
}

/**
 * What to do about a GPU that TensorFlow does not use.
 *
 * @param {string} projectRoot
 */
function gpuRemedy(projectRoot) {
  const folder = readStamp(backendStamp(projectRoot))?.tensorflow;
  const hasCuda = typeof folder === "string" && path.basename(path.dirname(folder)).startsWith("gpu-");
  return hasCuda ? "update NVIDIA's driver (525 or newer)" : "npm run setup";
}

/**
 * What kept set-up from native TensorFlow, in a line.
 *
 * @param {string} projectRoot
 */
function whyNotNative(projectRoot) {
  const reason = readStamp(backendStamp(projectRoot))?.reason;
  return typeof reason === "string" ? reason.split("\n")[0] : "Its binding does not load.";
}

/**
 * @param {string} name
 * @param {string} remedy
 * @param {boolean} essential
 * @returns {Finding}
 */
function missing(name, remedy, essential = false) {
  return { name, found: "missing", remedy, essential };
}

/**
 * What a command says on its standard output; "" where it does not run or fails.
 *
 * @param {string} command
 * @param {string[]} args
 */
function ask(command, args) {
  const answer = spawnSync(command, args, { encoding: "utf8", timeout: 120_000 });
  return answer.status === 0 ? answer.stdout.trim() : "";
}
