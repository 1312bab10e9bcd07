import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { addOptionsFrom, givenFor } from "../../cli/options/options";
import { createProgram } from "../../cli/program";
import { completeWriting } from "../../lib/generate/generate";
import { completeParams } from "../../lib/train/params";
import { completeOptions } from "../../lib/train/options";
import { jsonLines, run, workFolder, writeBook } from "./command";

const page = readFileSync(path.join("docs", "coming-from.md"), "utf8");

/** A section of the page: the whole command with another system's defaults, and a row for each of its options. */
interface Section {
  readonly system: string;
  readonly whole: string;
  readonly rows: readonly (readonly [there: string, fallback: string, here: string, note: string])[];
}

const sections = page
  .split(/^## /m)
  .slice(1)
  .map((text): Section => {
    const rows = Array.from(text.matchAll(/^\| (?!there |---)(.*) \|$/gm), ([, row]) =>
      row.split(" | ").map((cell) => cell.trim()),
    );
    return {
      system: text.slice(0, text.indexOf("\n")),
      whole: /```sh\npalimpsest (.*)\n```/.exec(text)?.[1] ?? "",
      rows: rows.map(([there, fallback = "", here = "", note = ""]) => [there, fallback, here, note]),
    };
  });

/** A command line in words; what stands between quotes is one. */
function inWords(line: string): string[] {
  return Array.from(line.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, word]) => quoted ?? word);
}

/** Lets the parser read a command line, without doing what it says. */
function parsed(line: string): { command: Command; options: Record<string, unknown> } {
  const program = createProgram(".");
  let ran: Command | undefined;
  const quiet = (command: Command): void => {
    command.configureOutput({ writeErr: () => undefined }).action(() => void (ran = command));
    command.commands.forEach(quiet);
  };
  program.commands.forEach(quiet);
  program.parse(inWords(line), { from: "user" });
  assert.ok(ran, `nothing would run: ${line}`);
  return { command: ran, options: ran.opts() };
}

/** Has lib check what was given, as far as it can without texts and models. */
function check(command: Command, options: Record<string, unknown>): void {
  if (command.name() === "train") {
    completeParams(givenFor(options, ["lib/train/params.ts", "Params"]));
    const loop = Object.entries(givenFor(options, ["lib/train/options.ts", "TrainOptions"]));
    completeOptions(Object.fromEntries(loop.filter(([, value]) => typeof value !== "object")));
  } else if (command.name() === "generate")
    completeWriting({
      ...givenFor(options, ["lib/generate/generate.ts", "Writing"]),
      ...givenFor(options, ["lib/generate/choose.ts", "Choice"]),
    });
}

/** The numbers among the words of a line, also in lists and with what they count: 0.5,1 5epochs. */
function numbersIn(line: string): number[] {
  return inWords(line).flatMap((word) => word.split(",").map((part) => Number(part.replace(/epochs?$/, ""))));
}

describe("docs/coming-from.md", () => {
  it("has the five systems", () => {
    assert.deepEqual(
      sections.map(({ system }) => system.split(" ")[0]),
      ["char-rnn-text-generation", "ml-text-gen-tutorial", "textgen", "textgenrnn", "tensor-poet"],
    );
  });

  for (const { system, rows } of sections)
    describe(system, () => {
      for (const [there, fallback, here, note] of rows)
        it(`has a place for ${there}`, () => {
          if (here === "—") return assert.ok(note.length > 5, "a dash needs a note");
          const [, file, name] = /^`(lib\/\S+)`: `(\w+)`$/.exec(here) ?? [];
          if (file) {
            const exported = require(path.resolve(file)) as Record<string, unknown>;
            return assert.equal(typeof exported[name], "function");
          }
          const [, line] = /^`([^`]+)`$/.exec(here) ?? [];
          assert.ok(line !== undefined, `expected a command line, a function or a dash, got ${here}`);
          const { command, options } = parsed(line);
          check(command, options);
          const given = [...numbersIn(line), ...numbersIn(note.replace(/(?<=\d),(?=\d)/g, ""))];
          for (const number of numbersOf(fallback))
            assert.ok(given.includes(number), `expected the default ${number} in ${line}, or why not`);
        });
    });

  it("finds an option that is not there, and a value out of its range", () => {
    assert.throws(() => parsed("train mine.txt --rnn-size 3"), /unknown option/);
    const { command, options } = parsed("train mine.txt --layers 99");
    assert.throws(() => check(command, options), /Expected `layers`/);
    assert.throws(() => addOptionsFrom(createProgram("."), ["lib/train/params.ts", "Nobody"]));
  });
});

/** The numbers of a default: `"4e-3, linearly to 0" -> [0.004, 0]`; none in words. */
function numbersOf(fallback: string): number[] {
  if (/^[a-z]/i.test(fallback)) return [];
  return Array.from(fallback.matchAll(/\d[\d.e-]*/g), ([number]) => Number(number));
}

describe("the defaults of docs/coming-from.md, as whole commands", function () {
  this.timeout(120_000);
  const folder = workFolder();
  before(() => {
    for (const name of ["mine.txt", "train.txt", "validate.txt"]) {
      writeBook(path.join(folder, name), ["wave", "salt", "the", "sail", "of", "rock", "goat"], 1, 1000);
    }
  });

  for (const { system, whole } of sections)
    it(`train as ${system} does, an iteration of it`, async () => {
      const line = whole
        .replace(/ --examples-per-epoch \d+/, "")
        .replace(/--epochs \d+/, "--iterations 1")
        .replace("corpus:four-novels", "mine.txt");
      const { exitCode, stdout, stderr } = await run(folder, [...inWords(line), "--json"]);
      assert.equal(exitCode, 0, stderr);
      const events = jsonLines(stdout);
      assert.equal(events[events.length - 1].reason, "finished");
      const { params } = parsedParams(whole);
      for (const [name, value] of Object.entries(params))
        assert.deepEqual((events[0].params as Record<string, unknown>)[name], value, name);
    });
});

function parsedParams(line: string): { params: Record<string, unknown> } {
  return { params: givenFor(parsed(line).options, ["lib/train/params.ts", "Params"]) };
}
