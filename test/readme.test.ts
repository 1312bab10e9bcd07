import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

  it("import what there is, in a file as in a cell", () => {
    const imports = examples.flatMap((code) => [...code.matchAll(/^import \{ (.*?) \} from "\.\/lib";$/gm)]);
    assert.ok(imports.length >= 2);
    const names = new Set(imports.flatMap(([, list]) => list.split(", ")));
    const folder = mkdtempSync(path.join(project, ".cache", "readme-"));
    try {
      const file = path.join(folder, "mine.mts");
      const list = [...names].join(", ");
      writeFileSync(file, `import { ${list} } from "../../lib";\nconsole.log([${list}].length);\n`);
      const output = execFileSync(process.execPath, ["--import", "tsx", file], { encoding: "utf8" });
      assert.equal(Number(output.trim().split("\n").pop()), names.size);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
