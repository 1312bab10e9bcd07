/** Cells that say what they export, as code does that comes from a module: a cell exports all that it declares anyway. */
import * as typescript from "@tslab/typescript-for-tslab";

/**
 * The cell with spaces in the place of each `export` before a declaration, so that everything else stays where it is.
 * tslab exports all names by a line of its own, and TypeScript refuses to export one twice.
 *
 * @example withoutExports("export const a = 1;") // "       const a = 1;"
 */
export function withoutExports(source: string): string {
  if (!/\bexport\b/.test(source)) return source;
  const { Latest } = typescript.ScriptTarget;
  const { statements } = typescript.createSourceFile("cell.ts", source, Latest);
  let [blanked, at] = ["", 0];
  for (const statement of statements) {
    const modifiers = typescript.canHaveModifiers(statement)
      ? (typescript.getModifiers(statement) ?? [])
      : [];
    const exported = modifiers.find(({ kind }) => kind === typescript.SyntaxKind.ExportKeyword);
    if (!exported || modifiers.some(({ kind }) => kind === typescript.SyntaxKind.DefaultKeyword)) continue;
    blanked += source.slice(at, exported.end - "export".length) + " ".repeat("export".length);
    at = exported.end;
  }
  return blanked + source.slice(at);
}
