import assert from "node:assert/strict";
import { Command } from "commander";
import fc from "fast-check";
import { defaults, type Params } from "../../../lib/train/params";
import { addOptionsFrom, every, givenFor, kebab, numbers, unescaped } from "../../../cli/options/options";

const params = ["lib/train/params.ts", "Params"] as const;

function parsed(args: readonly string[]): Record<string, unknown> {
  const command = addOptionsFrom(
    new Command("train").exitOverride().configureOutput({ writeErr: () => undefined }),
    params,
  );
  return givenFor(command.parse(args, { from: "user" }).opts(), params);
}

/** The options of some params. */
function typed(given: Readonly<Partial<Params>>): string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    if (typeof value === "boolean") return [value ? `--${kebab(name)}` : `--no-${kebab(name)}`];
    if (Array.isArray(value)) return value.flatMap((one) => [`--${kebab(name)}`, String(one)]);
    return [`--${kebab(name)}`, String(value)];
  });
}

describe("addOptionsFrom()", () => {
  it("gives every parameter an option by its name in kebab case, which gives back its default", () => {
    for (const [name, value] of Object.entries(defaults)) {
      const given = parsed(typed({ [name]: value } as Partial<Params>));
      assert.deepEqual(given, Array.isArray(value) && value.length === 0 ? {} : { [name]: value }, name);
    }
  });

  it("leaves out what is not given, so that lib's default holds", () => {
    assert.deepEqual(parsed([]), {});
  });

  it("refuses a value that is no number, and a name that is no choice", () => {
    assert.throws(() => parsed(["--neurons", "many"]), /Expected a number/);
    assert.throws(() => parsed(["--schedule", "steep"]), /Allowed choices are constant, linear, cosine/);
  });

  it("has a way to say no to a flag that a model may have set", () => {
    assert.deepEqual(parsed(["--no-skip-connections"]), { skipConnections: false });
  });
});

describe("values of options", () => {
  it("are lists of numbers, or one number", () => {
    assert.deepEqual(numbers("0.2,0.5,1"), [0.2, 0.5, 1]);
    assert.equal(numbers("1e-3"), 1e-3);
    assert.throws(() => numbers("0.2,,1"), /Expected a number/);
  });

  it("are iterations, or epochs", () => {
    assert.equal(every("250"), 250);
    assert.deepEqual(every("1epoch"), { epochs: 1 });
    assert.deepEqual(every("0.5 epochs"), { epochs: 0.5 });
    assert.throws(() => every("epoch"), /Expected a number/);
  });

  it("are texts with line breaks, tabs and backslashes, whatever else they hold", () => {
    assert.equal(unescaped("CHAPTER I\\n\\n\\tIt"), "CHAPTER I\n\n\tIt");
    const escaped = (text: string) => text.replace(/\\/g, "\\\\").replace(/\n/g, "\\n").replace(/\t/g, "\\t");
    fc.assert(fc.property(fc.string(), (text) => assert.equal(unescaped(escaped(text)), text)));
  });
});
