import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { ansi } from "../../../lib/show/overlay/in-terminal";
import { trace } from "../../../lib/trace/trace";
import { textOf } from "../../trace/texts";

const texts = [
  textOf("the cat sat on the mat", "Cats"),
  textOf("sat on the mat\nand slept all day", "Sleep", "A. Nap"),
];
const escape = "\x1b";
const traced = trace("So the cat sat on the mat\nand slept.", texts, { minLength: 10 });

describe("ansi(trace)", () => {
  it("puts passages between « and » where there are no colours", () => {
    const overlapping = trace("the cat sat on the mat\nand slept all day", texts);
    assert.equal(
      ansi(overlapping, { color: false }),
      "100.0% copied · longest 32 characters · 2 passages\n\n" +
        "«the cat «sat on the mat»[1]\nand slept all day»[2]\n\n" +
        "[2] Sleep, A. Nap · 80.6% · longest 32 · 1 passage\n" +
        "[1] Cats · 54.8% · longest 22 · 1 passage",
    );
  });

  it("paints each line for itself and ends every colour, both ink and ground set", () => {
    const text = ansi(traced, { color: true });
    for (const line of text.split("\n")) {
      const last = line.split(escape).at(-1) ?? "";
      assert.ok(!line.includes(escape) || /^\[(0|22)m/.test(last), line);
    }
    assert.match(text.replaceAll(escape, "ESC"), /ESC\[38;5;16;48;5;\d+m/);
  });

  it("underlines what two passages share", () => {
    const overlapping = trace("the cat sat on the mat\nand slept all day", texts);
    assert.ok(ansi(overlapping, { color: true }).includes(`;4msat on the mat${escape}[0m`));
  });

  it("says with colours what it says without, but for the quotation marks", () => {
    const plain = ansi(traced, { color: false }).replace(/[«»]/g, "");
    assert.equal(stripVTControlCharacters(ansi(traced, { color: true })), plain);
  });

  it("obeys no control character of a sample", () => {
    const hostile = trace("\x1b[2J\x1b]0;title\x07 sat on the mat\nand slept", texts);
    assert.match(ansi(hostile, { color: false }), /⟨U\+001B⟩\[2J⟨U\+001B⟩\]0;title⟨U\+0007⟩/);
  });

  it("labels several samples and lists their sources once", () => {
    const text = ansi(
      [
        { label: "temperature 0.2", trace: traced },
        { label: "temperature 1.0", trace: trace("Dogs.", texts) },
      ],
      { color: false },
    );
    assert.match(text, /^temperature 0\.2 · /);
    assert.match(text, /\n\ntemperature 1\.0 · nothing of 20 characters or more is copied\n\nDogs\.\n\n\[/);
  });

  it("has no colours by default where the output is no terminal", () => {
    const script =
      'const { ansi } = require("./lib/show/overlay/in-terminal"); const { trace } = require("./lib/trace/trace");' +
      'const text = { title: "", author: "", source: "", weight: 1, content: "the cat sat on the mat" };' +
      "console.log(ansi(trace(text.content, [text])));";
    const { stdout } = spawnSync(process.execPath, ["--require", "tsx/cjs", "--eval", script], {
      encoding: "utf8",
    });
    assert.match(stdout, /«the cat sat on the mat»\[1\]/);
  });

  it("has colours by default where the terminal has 256 of them and nobody objects", () => {
    const script =
      'const { hasColors, getColorDepth } = require("node:tty").WriteStream.prototype;' +
      "Object.assign(process.stdout, { isTTY: true, hasColors, getColorDepth });" +
      'const { ansi } = require("./lib/show/overlay/in-terminal"); const { trace } = require("./lib/trace/trace");' +
      'const text = { title: "", author: "", source: "", weight: 1, content: "the cat sat on the mat" };' +
      'const terminals = [{ TERM: "xterm-256color" }, { TERM: "xterm-256color", NO_COLOR: "1" }, { TERM: "dumb" }];' +
      "console.log(JSON.stringify(terminals.map((env) => { process.env = env; return ansi(trace(text.content, [text])); })));";
    const { stdout } = spawnSync(process.execPath, ["--require", "tsx/cjs", "--eval", script], {
      encoding: "utf8",
    });
    const colored = (JSON.parse(stdout) as string[]).map((text) => text.includes(escape));
    assert.deepEqual(colored, [true, false, false]);
  });
});
