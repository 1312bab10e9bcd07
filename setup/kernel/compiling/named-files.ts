/**
 * Lets each import name the file that TypeScript found for it. tslab runs a file only by its own name, and knows nothing of
 * folders that mean their index:
 *
 *     from "./text"        from "./text/index.js"
 */
import path from "node:path";
import * as typescript from "@tslab/typescript-for-tslab";

/**
 * The transformer that writes the names, to come after TypeScript's own, which keep imports of mere types where they were
 * changed before; `checker` is that of the file's program.
 */
export function nameFiles(
  checker: typescript.TypeChecker,
): typescript.TransformerFactory<typescript.SourceFile> {
  return (context) => (file) => {
    const folder = path.posix.dirname(file.fileName);
    const visit = (node: typescript.Node): typescript.Node => {
      const name = typescript.getParseTreeNode(node);
      const found = name && isRelativeName(name) && foundFile(name, checker);
      if (!found || found === soughtFile(folder, name.text))
        return typescript.visitEachChild(node, visit, context);
      return context.factory.createStringLiteral(`./${path.posix.relative(folder, found)}`);
    };
    return typescript.visitEachChild(file, visit, context);
  };
}

/**
 * The file that tslab runs for an import of `name` in a file of `folder`.
 *
 * @example soughtFile("/lib", "./text/text") // "/lib/text/text.js"
 */
export function soughtFile(folder: string, name: string): string {
  const file = path.posix.join(folder, name);
  return path.posix.extname(file) ? file : `${file}.js`;
}

function isRelativeName(node: typescript.Node): node is typescript.StringLiteral {
  return typescript.isStringLiteral(node) && node.text.startsWith(".");
}

/** The compiled file that a string imports; undefined where it imports none, or one that needs no compiling. */
function foundFile(name: typescript.StringLiteral, checker: typescript.TypeChecker): string | undefined {
  const found = checker.getSymbolAtLocation(name)?.declarations?.find(typescript.isSourceFile);
  if (!found || found.isDeclarationFile || !found.fileName.endsWith(".ts")) return undefined;
  return found.fileName.replace(/\.ts$/, ".js");
}
