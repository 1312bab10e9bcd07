import assert from "node:assert/strict";
import { SetupFailure } from "../../setup/bare/failure.mjs";
import { runWithProgress } from "../../setup/bare/progress.mjs";

/** A stream that keeps what is written to it. */
function recorder(isTTY: boolean) {
  const stream = { isTTY, columns: 60, text: "", write: (text: string) => (stream.text += text) };
  return stream;
}

const node = (script: string) => ["--eval", script] as const;

describe("runWithProgress", () => {
  it("returns what the command wrote", async () => {
    const output = await runWithProgress(process.execPath, node("console.log('hello')"), {
      label: "Greeting",
      stream: recorder(false),
    });
    assert.equal(output, "hello\n");
  });

  it("writes plain lines where nobody looks at a terminal", async () => {
    const stream = recorder(false);
    await runWithProgress(process.execPath, node(""), { label: "Waiting", stream });
    assert.match(stream.text, /^Waiting …\nWaiting … done, \d+ s\n$/);
  });

  it("rewrites one line on a terminal, and keeps it within the terminal's width", async () => {
    const stream = recorder(true);
    const script = "console.log('Progress 3 of 4'); setTimeout(() => {}, 500)";
    const detail = (line: string) => (line.startsWith("Progress") ? "x".repeat(100) : undefined);
    await runWithProgress(process.execPath, node(script), { label: "Loading", stream, detail });
    const lines = stream.text.split("\r\x1b[2K").slice(1);
    assert.ok(lines.length >= 2);
    assert.ok(lines.slice(0, -1).every((line) => line.length < 60 && !line.includes("\n")));
    assert.match(lines.at(-1)!, /^Loading … done, \d+ s\n$/);
  });

  it("fails with the last lines of the output, without those of progress, and with the remedy", async () => {
    const script =
      "console.log('Progress 1'); console.log('one\\ntwo'); console.error('three'); process.exit(3)";
    const run = runWithProgress(process.execPath, node(script), {
      label: "Building",
      remedy: "build less",
      tail: 2,
      stream: recorder(false),
      detail: (line) => (line.startsWith("Progress") ? line : undefined),
    });
    await assert.rejects(run, (error: Error) => {
      assert.ok(error instanceof SetupFailure);
      assert.match(
        error.message,
        /^Building: .* ended with exit code 3\.\n {2}two\n {2}three\n→ build less$/,
      );
      return true;
    });
  });

  it("fails where the command does not exist", async () => {
    const run = runWithProgress("/nowhere/g++", [], { label: "Compiling", stream: recorder(false) });
    await assert.rejects(run, /Compiling: \/nowhere\/g\+\+ did not run: spawn \/nowhere\/g\+\+ ENOENT/);
  });

  it("ends a command that takes longer than its time-out", async () => {
    const run = runWithProgress(process.execPath, node("setInterval(() => {}, 1000)"), {
      label: "Downloading",
      timeout: 0.3,
      stream: recorder(false),
    });
    await assert.rejects(run, /was ended after 0\.3 s/);
  });
});
