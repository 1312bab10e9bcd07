/**
 * Runs a command that takes long and tells how it goes: on a terminal in one line that is rewritten, elsewhere in
 * plain lines at the beginning, every ten seconds and at the end.
 */
import { spawn } from "node:child_process";
import process from "node:process";
import { clearInterval, clearTimeout, setInterval, setTimeout } from "node:timers";
import { SetupFailure } from "./failure.mjs";
import { noteWorker } from "./lock.mjs";

/**
 * @typedef {object} ProgressOptions
 * @property {string} label what is being done, e.g. "Compiling TensorFlow's binding"
 * @property {string} [remedy] what to do where it fails; "try again" unless given
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [timeout] seconds after which the command is ended and counts as failed
 * @property {number} [tail] how many of its last lines a failure shows; 30 unless given
 * @property {(line: string) => string | undefined} [detail] reads progress in a line of output, e.g. "45 %"
 * @property {NodeJS.WriteStream | { isTTY?: boolean, columns?: number, write(text: string): unknown }} [stream]
 */

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ProgressOptions} options
 * @returns {Promise<string>} what the command wrote
 * @throws {SetupFailure} with the last lines of the output
 */
export async function runWithProgress(command, args, options) {
  const { label, remedy = "Try again.", timeout, tail = 30, detail, stream = process.stdout } = options;
  const started = Date.now();
  let output = "";
  let latest = "";
  const line = () =>
    `${label} … ${[latest, `${Math.round((Date.now() - started) / 1000)} s`].filter(Boolean).join(", ")}`;
  const show = (end = "") =>
    stream.write(
      stream.isTTY ? `\r\x1b[2K${line().slice(0, (stream.columns ?? 80) - 1)}${end}` : `${line()}\n`,
    );
  if (!stream.isTTY) stream.write(`${label} …\n`);
  const timer = setInterval(show, stream.isTTY ? 200 : 10_000);

  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  noteWorker(child.pid);
  const hear = (/** @type {string} */ text) => {
    output += text;
    for (const part of text.split(/[\r\n]+/)) latest = detail?.(part) ?? latest;
  };
  const isProgress = (/** @type {string} */ text) => detail?.(text) !== undefined;
  child.stdout.setEncoding("utf8").on("data", hear);
  child.stderr.setEncoding("utf8").on("data", hear);
  let timedOut = false;
  const limit = timeout && setTimeout(() => void ((timedOut = true), child.kill()), timeout * 1000);

  /** @type {string} */
  const failure = await new Promise((resolve) => {
    child.on("error", (error) => resolve(`${command} did not run: ${error.message}`));
    child.on("close", (code, signal) => {
      if (timedOut) resolve(`${command} was ended after ${timeout} s.`);
      else resolve(code === 0 ? "" : `${command} ended with ${signal ?? `exit code ${code}`}.`);
    });
  });
  clearInterval(timer);
  if (limit) clearTimeout(limit);
  latest = failure === "" ? "done" : "failed";
  show("\n");
  if (failure === "") return output;
  const lastLines = output
    .trim()
    .split("\n")
    .filter((text) => !isProgress(text))
    .slice(-tail)
    .map((text) => `  ${text}`);
  throw new SetupFailure([`${label}: ${failure}`, ...lastLines].join("\n").trimEnd(), remedy);
}
