import assert from "node:assert/strict";
import { help, parts, readArguments } from "../../bench/arguments";

describe("the bench's arguments", () => {
  it("ask for everything unless they say otherwise", () => {
    const options = readArguments([]);
    assert.deepEqual(options.parts, parts);
    assert.equal(options.rounds, 5);
    assert.equal(options.quick, false);
    assert.equal(options.sizes, undefined);
    assert.equal(options.library, 100);
  });

  it("choose parts, sizes, library, rounds, peers and output", () => {
    const given =
      "--parts steps,tracing --sizes 1x8,2x16 --library 5 --rounds 2 --peers /env --output a.json";
    const { help, quick, ...options } = readArguments(given.split(" "));
    assert.deepEqual(options, {
      parts: ["steps", "tracing"],
      sizes: ["1x8", "2x16"],
      library: 5,
      rounds: 2,
      peers: "/env",
      output: "a.json",
    });
    assert.ok(!help && !quick);
  });

  it("when it has to be quick, leave growth, near copies and the index out and take fewer rounds, unless it is asked for", () => {
    assert.deepEqual(readArguments(["--quick"]).parts, ["steps", "generation", "tracing"]);
    assert.equal(readArguments(["--quick"]).rounds, 3);
    assert.deepEqual(readArguments(["--quick", "--parts", "growth", "--rounds", "9"]).parts, ["growth"]);
    assert.equal(readArguments(["--quick", "--rounds", "9"]).rounds, 9);
  });

  it("are refused where they mean nothing, with the way to the help", () => {
    for (const [args, message] of [
      [["--fast"], /Unknown option '--fast'/],
      [["--parts", "steps,speed"], /Expected `--parts` to be some of steps,.*, got "speed"/],
      [["--sizes", "big"], /Expected a size as 2x128, got "big"/],
      [["--library", "0"], /Expected `--library` to be a number of millions above 0, got "0"/],
      [["--rounds", "0"], /Expected `--rounds` to be a whole number of at least 1, got "0"/],
    ] as const) {
      assert.throws(() => readArguments(args), message);
      assert.throws(() => readArguments(args), /→ npm run bench -- --help$/);
    }
  });

  it("are all told in the help", () => {
    for (const option of ["quick", "parts", "sizes", "library", "rounds", "peers", "output"]) {
      assert.ok(help.includes(`--${option}`), option);
    }
    for (const part of parts) assert.ok(help.includes(part));
  });
});
