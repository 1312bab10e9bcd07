/**
 * Finds statements of a cell that begin something and go on without it: a training that nobody loops over, which never runs, and
 * a promise of the library that nobody waits for. TypeScript allows both.
 */
import path from "node:path";
import * as typescript from "@tslab/typescript-for-tslab";

const library = path.posix.join(__dirname.replaceAll("\\", "/"), "../../../lib/");

export function forgottenAwaits(
  cell: typescript.SourceFile,
  checker: typescript.TypeChecker,
): typescript.Diagnostic[] {
  const found: typescript.Diagnostic[] = [];
  const look = (node: typescript.Node): void => {
    const words = typescript.isExpressionStatement(node) && whatIsForgotten(node.expression, checker);
    if (words) found.push(diagnostic(cell, node, words));
    typescript.forEachChild(node, look);
  };
  look(cell);
  return found;
}

function whatIsForgotten(
  expression: typescript.Expression,
  checker: typescript.TypeChecker,
): string | undefined {
  const call = typescript.isAwaitExpression(expression) ? expression.expression : expression;
  if (!typescript.isCallExpression(call) || !isOfLibrary(call, checker)) return undefined;
  const type = checker.getTypeAtLocation(expression);
  const names = [type, ...(type.getBaseTypes() ?? [])].map(({ symbol }) => symbol?.name);
  const name = ["AsyncGenerator", "Promise"].find((one) => names.includes(one));
  const said = call.getText().length < 60 ? call.getText() : `${call.expression.getText()}(…)`;
  if (name === "Promise")
    return `Nobody waits for \`${said}\`: put \`await\` before it, or \`void\` to let it go on in the background.`;
  if (name !== "AsyncGenerator") return undefined;
  return (
    `\`${said}\` by itself does nothing: it runs while one loops over its events, by ` +
    `\`for await (const event of ${said})\`. A training is shown by \`await watch(train(training), library)\`.`
  );
}

function isOfLibrary(call: typescript.CallExpression, checker: typescript.TypeChecker): boolean {
  const declaration = checker.getResolvedSignature(call)?.declaration;
  return declaration?.getSourceFile().fileName.startsWith(library) ?? false;
}

function diagnostic(
  file: typescript.SourceFile,
  node: typescript.Node,
  messageText: string,
): typescript.Diagnostic {
  const { Error } = typescript.DiagnosticCategory;
  return { file, start: node.getStart(), length: node.getWidth(), messageText, category: Error, code: 0 };
}
