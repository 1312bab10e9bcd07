import assert from "node:assert/strict";
import { described } from "../../../cli/options/docstrings";
import { defaults } from "../../../lib/train/params";
import { completeWriting } from "../../../lib/generate/generate";
import { completeOptions } from "../../../lib/train/options";

describe("described()", () => {
  it("finds every parameter of a network, in order, with its words and its type", () => {
    const params = described("lib/train/params.ts", "Params");
    assert.deepEqual(params.map(({ name }) => name).sort(), Object.keys(defaults).sort());
    assert.deepEqual(params[0], {
      name: "neurons",
      type: "number",
      text: "Hidden units of each layer (default: 128).",
    });
    const batches = params.find(({ name }) => name === "batches");
    assert.equal(batches?.type, '"windows" | "threads"');
  });

  it("resolves a type that the file gives a name", () => {
    const precision = described("lib/train/params.ts", "Params").find(({ name }) => name === "precision");
    assert.equal(precision?.type, '"fp32" | "bf16"');
  });

  it("keeps a sentence whole that has a full stop inside", () => {
    const dropout = described("lib/train/params.ts", "Params").find(({ name }) => name === "dropout");
    assert.match(dropout?.text ?? "", /\(Zaremba et al\. 2014\) \(default: 0\)\.$/);
  });

  const writing = [
    ...described("lib/generate/choose.ts", "Choice"),
    ...described("lib/generate/generate.ts", "Writing"),
  ];
  for (const [title, told, real] of [
    ["a network's parameters", described("lib/train/params.ts", "Params"), defaults],
    ["writing", writing, completeWriting({})],
    ["the training loop", described("lib/train/options.ts", "TrainOptions"), completeOptions({})],
  ] as const)
    it(`tells the defaults of ${title} as the code has them`, () => {
      for (const [name, value] of Object.entries(real)) {
        const text = told.find((one) => one.name === name)?.text;
        const empty = typeof value === "object" && Object.keys(value).length === 0;
        if (text === undefined || value === Infinity || value === "" || empty) continue;
        const words = Array.isArray(value) ? value.join(", ") : value;
        const parts = (/\(default: (.*)\)\.$/.exec(text)?.[1] ?? "").split("; ");
        const said = parts.some((part) =>
          typeof words === "number"
            ? Number(/^[\d.e-]+/i.exec(part)?.[0]) === words
            : part.replace(/"/g, "") === String(words),
        );
        assert.ok(said, `${name}: expected "${words}" in "${text}"`);
      }
    });

  it("says which interface it misses", () => {
    assert.throws(() => described("lib/train/params.ts", "Nobody"), {
      message: "Expected an interface Nobody in lib/train/params.ts, found none",
    });
  });
});
