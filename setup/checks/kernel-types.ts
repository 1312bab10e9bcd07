/**
 * Compiles `lib/` as the kernel does when a cell imports it: with tslab's own, older TypeScript, whose errors would
 * stop the cell. The options are those of tslab's converter.
 */
import fs from "node:fs";
import path from "node:path";
import ts from "@tslab/typescript-for-tslab";

export async function main(projectRoot: string): Promise<number> {
  const diagnostics = kernelDiagnostics(projectRoot, path.join(projectRoot, "lib"));
  if (diagnostics !== "") console.log(diagnostics);
  return diagnostics === "" ? 0 : 1;
}

/** What tslab's TypeScript has to say of the files in a folder, as text; "" where it is content. */
export function kernelDiagnostics(projectRoot: string, folder: string): string {
  const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  const program = ts.createProgram(
    files.filter((file) => file.endsWith(".ts")).map((file) => path.join(folder, file)),
    {
      target: ts.ScriptTarget.ES2022,
      lib: ["lib.es2022.d.ts"],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Node10,
      typeRoots: [path.join(projectRoot, "node_modules", "@types")],
      types: ["node"],
      esModuleInterop: true,
      resolveJsonModule: true,
      allowJs: true,
      checkJs: true,
      declaration: true,
      skipLibCheck: true,
      noEmit: true,
    },
  );
  return ts.formatDiagnostics(ts.getPreEmitDiagnostics(program), {
    getCurrentDirectory: () => projectRoot,
    getCanonicalFileName: (name) => name,
    getNewLine: () => "\n",
  });
}
