/**
 * Compiles the library and the export of a page as a cell does that imports all of it, so that what it becomes is kept
 * (`compiling/compiled-files.ts`) before the first cell waits for it.
 */
import { Compiler } from "./compiling/compiler";

export async function main(projectRoot: string): Promise<number> {
  process.chdir(projectRoot);
  const compiler = new Compiler();
  compiler.begin("cell[1].ts");
  compiler.convert(
    "",
    'import * as library from "./lib"; import * as page from "./web/export"; [library, page];',
  );
  for (const { messageText } of compiler.diagnostics) console.error(messageText);
  compiler.close();
  return compiler.diagnostics.length === 0 ? 0 : 1;
}
