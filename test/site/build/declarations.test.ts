import assert from "node:assert/strict";
import path from "node:path";
import * as ts from "@tslab/typescript-for-tslab";
import { compilerFolder, declarations, options } from "../../../site/build/declarations";
import { siteNotebooks } from "../../../site/build/notebooks";

const project = path.resolve(__dirname, "../../..");

interface Cell {
  readonly cell_type: string;
  readonly source: string;
}

describe("what cells are checked against in the site", function () {
  this.timeout(300_000);

  it("knows all that the cells of its notebooks call", () => {
    const written = declarations(project);
    const notebooks = Object.fromEntries(
      siteNotebooks(project).map(({ path: name, text }) => [`${path.parse(name).name}.ts`, codeOf(text)]),
    );
    assert.deepEqual(problems({ ...written, ...notebooks }, Object.keys(notebooks)), []);
  });
});

/** All cells as one module: no notebook declares a name twice. */
function codeOf(notebook: string): string {
  const { cells } = JSON.parse(notebook) as { cells: readonly Cell[] };
  return cells
    .filter(({ cell_type }) => cell_type === "code")
    .map(({ source }) => source)
    .join("\n");
}

/**
 * What the kernel's TypeScript finds wrong in files where there are no others than those given, by their paths in the
 * project.
 */
function problems(files: Readonly<Record<string, string>>, checked: readonly string[]): string[] {
  const textOf = (file: string) => files[path.relative(project, file)];
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    getDefaultLibLocation: () => path.join(project, compilerFolder),
    getCurrentDirectory: () => project,
    directoryExists: undefined,
    fileExists: (file) => textOf(file) !== undefined,
    readFile: textOf,
    getSourceFile: (file, language) =>
      textOf(file) === undefined ? undefined : ts.createSourceFile(file, textOf(file), language),
  };
  const roots = checked.map((file) => path.join(project, file));
  const program = ts.createProgram(roots, options, host);
  return roots.flatMap((root) =>
    program.getSemanticDiagnostics(program.getSourceFile(root)).map(({ file, start, messageText }) => {
      const line = file?.text.slice(start).split("\n")[0];
      return `${path.basename(root)}: ${ts.flattenDiagnosticMessageText(messageText, " ")} (${line})`;
    }),
  );
}
