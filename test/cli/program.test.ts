import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { version } from "../../package.json";
import { createProgram, main } from "../../cli/program";
import { run, words, workFolder, writeBook } from "./command";

/** Runs a command line in this process, its words about the work collected. */
async function told(line: string): Promise<{ exitCode: number; stderr: string }> {
  const { write } = process.stderr;
  let stderr = "";
  process.stderr.write = ((text: string) => Boolean((stderr += text))) as typeof write;
  try {
    return { exitCode: await main(process.cwd(), words(line)), stderr };
  } finally {
    process.stderr.write = write;
  }
}

describe("palimpsest", function () {
  this.timeout(60_000);
  const folder = workFolder();
  const sea = path.join(folder, "sea.txt");
  before(() => void writeBook(sea, ["wave", "salt", "the"]));

  it("shows its commands, an example of each and the exit codes", async () => {
    const { exitCode, stdout } = await run(folder, "--help");
    assert.equal(exitCode, 0);
    for (const { commands } of [createProgram(".")])
      for (const command of commands) assert.match(stdout, new RegExp(`^  ${command.name()}\\b`, "m"));
    assert.match(stdout, /^Examples:\n {2}palimpsest /m);
    assert.match(stdout, /^ {2}130 {2}interrupted/m);
  });

  it("prints its version", async () => {
    const { exitCode, stdout } = await run(folder, "--version");
    assert.deepEqual([exitCode, stdout], [0, `${version}\n`]);
  });

  it("loads no TensorFlow before a network is asked for", () => {
    const program = `require("tsx/cjs"); require("./cli/program.ts"); console.log(Object.keys(require.cache).join("\\n"));`;
    const loaded = execFileSync(process.execPath, ["-e", program], { encoding: "utf8" }).split("\n");
    assert.ok(loaded.some((file) => file.endsWith(path.join("cli", "commands", "trace.ts"))));
    assert.deepEqual(
      loaded.filter((file) => file.includes("@tensorflow")),
      [],
    );
  });

  it("gives every command an example, and every option words", async () => {
    const commands = createProgram(".").commands.flatMap((one) =>
      one.commands.length ? one.commands : [one],
    );
    for (const command of commands) {
      let help = "";
      command.configureOutput({ writeOut: (text) => void (help += text) });
      command.outputHelp();
      for (const { flags, description, hidden } of command.options)
        assert.ok(hidden || description, `${command.name()} ${flags} has no words`);
      const examples = Array.from(help.matchAll(/^ {2}(?:.*\| )?palimpsest (.+)$/gm), ([, line]) => line);
      assert.ok(examples.length > 0, command.name());
    }
  });

  for (const [line, message] of [
    ["", /^Usage: palimpsest/],
    ["nope", /unknown command 'nope'/],
    ["train", /Expected texts to train on, got none/],
    ["train SEA --neurons 0", /Expected --neurons between 1 and 8192, got 0\nSee palimpsest train --help\./],
    ["train SEA --steps many", /Expected a number/],
    ["train SEA --schedule steep", /Allowed choices are constant, linear, cosine/],
    ["train SEA --epochs 1 --iterations 1", /Expected --epochs or --iterations, got both/],
    ["train SEA --examples-per-epoch 1", /Expected --epochs with --examples-per-epoch, got none/],
    ["train SEA --epochs 0", /Expected --epochs > 0, got 0/],
    ["train SEA --resume --from a", /Expected --resume or --from, got both/],
    ["train SEA --weights 1,2", /Expected 1 numbers in --weights, one for each text, got 2/],
    ["train SEA --validation 1", /Expected --validation from 0 up to 1, got 1/],
    ["train SEA --column a --separator b", /Expected --column or --separator, got both/],
    ["train corpus:nobody", /Expected corpus:moby-dick/],
    ["generate --prompt a --prompts -", /Expected one of --prompt, --prompts and --prompt-from, got several/],
    ["trace SEA", /Expected texts or --run, got neither/],
    ["trace - -", /Expected one thing to be read from standard input, got two/],
    ["trace SEA SEA --min-length 0", /Expected --min-length to be a whole number of at least 1, got 0/],
    ["trace SEA SEA --output page.html", /Expected --format html with --output/],
    ["export SEA poet.bin", /Expected --format, or poet\.bin to end with \.palimpsest or \.keras/],
    ["export SEA a.keras --precision fp16", /Expected --precision with --format palimpsest, got keras/],
    ["export SEA a --web --format keras", /Expected --web or --format keras, got both/],
    ["texts get austen", /Expected the number of a book, as 1342/],
  ] as const)
    it(`calls it a wrong command line, with exit code 2: ${line || "nothing at all"}`, async () => {
      const { exitCode, stderr } = await told(line.replaceAll("SEA", sea));
      assert.match(stderr, message);
      assert.equal(exitCode, 2);
    });

  for (const [line, message] of [
    ["train SEA --steps 4000", /Expected a text of at least 4001 characters/],
    ["train SEA --from nobody", /Expected a checkpoint or a run with checkpoints in .*nobody, found none/],
    ["train nope.txt", /Expected a text in nope\.txt, found no such file/],
    ["generate nobody", /Expected a checkpoint or a run with checkpoints in .*nobody, found none/],
    ["trace nope.txt SEA", /Expected a text in nope\.txt, found no such file/],
  ] as const)
    it(`says what cannot be, without a stack and with exit code 1: ${line}`, async () => {
      const { exitCode, stderr } = await told(line.replaceAll("SEA", sea));
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /^ +at /m);
      assert.equal(exitCode, 1);
    });

  it("has written nothing by all these mistakes", () => {
    assert.deepEqual(readdirSync(folder), ["sea.txt"]);
  });
});
