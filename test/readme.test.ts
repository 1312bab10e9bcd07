import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { transformSync } from "esbuild";

const project = path.join(__dirname, "..");
const readme = readFileSync(path.join(project, "README.md"), "utf8");
const examples = Array.from(readme.matchAll(/^```ts\n(.*?)^```/gms), ([, code]) => code);

describe("the README's examples", () => {
  it("are TypeScript that runs in a file .mts, as the README says of the first", () => {
    assert.match(readme, /`mine\.mts`, which `npx tsx mine\.mts` runs:\n\n```ts\n/);
    // What waits at its top level is a module of ECMAScript, which a file .ts of this project is not.
    assert.throws(() => transformSync(examples[0], { loader: "ts", format: "cjs" }), /Top-level await/);
    for (const code of examples) transformSync(code, { loader: "ts", format: "esm" });
  });

  it("import what there is, from where it is", () => {
    const imports = examples.flatMap((code) => [...code.matchAll(/^import \{ (.*?) \} from "(.*?)";$/gm)]);
    assert.ok(imports.length >= 5);
    for (const [line, names, from] of imports) {
      const file = path.join(project, `${from}.ts`);
      assert.ok(existsSync(file), line);
      for (const name of names.split(", "))
        assert.match(readFileSync(file, "utf8"), new RegExp(`^export .*\\b${name}\\b`, "m"), line);
    }
  });
});
