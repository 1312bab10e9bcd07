/**
 * Lends the variables of a cell to the cells after it. A cell's code keeps them, so that its loops are as fast as those of a
 * function; later cells, which tslab has name `exports.x`, read and write the very same variable:
 *
 *     let x = 1; export { x };        __tslab__.lend({ get x() { return x; }, set x(value) { x = value; } }); let x = 1;
 *
 * TypeScript by itself would copy: functions of the cell would not see what later cells assign.
 */
import * as typescript from "@tslab/typescript-for-tslab";

const { EmitFlags, factory } = typescript;

/** The transformer of a cell that is a module already, to come before TypeScript makes CommonJS of it. */
export function lendVariables(
  context: typescript.TransformationContext,
): typescript.Transformer<typescript.SourceFile> {
  return (module) => {
    const file = typescript.visitEachChild(module, callPlainly(context), context);
    const lent = file.statements.flatMap(namesOf);
    if (lent.length === 0) return file;
    const imported = new Set(file.statements.flatMap(importedNames));
    const accessors = lent.flatMap((name) => accessorsOf(name, imported.has(name.text), context));
    const lend = factory.createCallExpression(factory.createIdentifier("__tslab__.lend"), undefined, [
      factory.createObjectLiteralExpression(accessors),
    ]);
    return factory.updateSourceFile(file, [
      factory.createExpressionStatement(lend),
      ...file.statements.filter((statement) => namesOf(statement).length === 0),
      factory.createExportDeclaration(undefined, false, factory.createNamedExports([])),
    ]);
  };
}

/** The names of `export { a, b }`, by which tslab ends a cell. */
function namesOf(statement: typescript.Statement): typescript.Identifier[] {
  if (!typescript.isExportDeclaration(statement) || statement.moduleSpecifier) return [];
  const { exportClause } = statement;
  return exportClause && typescript.isNamedExports(exportClause)
    ? exportClause.elements.map(({ name }) => name)
    : [];
}

function importedNames(statement: typescript.Statement): string[] {
  if (!typescript.isImportDeclaration(statement)) return [];
  const { name, namedBindings } = statement.importClause ?? {};
  const bound = namedBindings && ("elements" in namedBindings ? namedBindings.elements : [namedBindings]);
  return [...(name ? [name] : []), ...(bound ?? []).map((binding) => binding.name)].map(({ text }) => text);
}

/** `get x() { return x; }` and, where it is no import, `set x(value) { x = value; }`. */
function accessorsOf(
  name: typescript.Identifier,
  isImported: boolean,
  context: typescript.TransformationContext,
): typescript.AccessorDeclaration[] {
  // TypeScript puts what an imported name stands for where it finds the name as it was written.
  const variable = () => typescript.setOriginalNode(factory.createIdentifier(name.text), name);
  const block = (statement: typescript.Statement) => factory.createBlock([statement]);
  const read = factory.createReturnStatement(variable());
  const getter = factory.createGetAccessorDeclaration(undefined, name.text, [], undefined, block(read));
  if (isImported) return [getter];
  const value = context.factory.createUniqueName("value");
  const parameter = factory.createParameterDeclaration(undefined, undefined, value);
  const write = factory.createExpressionStatement(factory.createAssignment(variable(), value));
  return [getter, factory.createSetAccessorDeclaration(undefined, name.text, [parameter], block(write))];
}

/** `exports.f()` as `(0, exports.f)()`: a function is called as it is where it was declared, not as a method of `exports`. */
function callPlainly(context: typescript.TransformationContext): typescript.Visitor {
  const visit = (node: typescript.Node): typescript.Node => {
    const visited = typescript.visitEachChild(node, visit, context);
    if (!typescript.isCallExpression(visited) || !isEarlier(visited.expression)) return visited;
    const { expression, typeArguments, arguments: given } = visited;
    const plain = factory.createComma(factory.createNumericLiteral(0), expression);
    const callee = typescript.setTextRange(factory.createParenthesizedExpression(plain), expression);
    // Stack traces then name where the callee begins, as they do without the parentheses.
    typescript.setEmitFlags(callee, EmitFlags.NoTrailingSourceMap | EmitFlags.NoNestedSourceMaps);
    return factory.updateCallExpression(visited, callee, typeArguments, given);
  };
  return visit;
}

/** Whether it is a variable of an earlier cell. */
function isEarlier(node: typescript.Node): boolean {
  if (!typescript.isPropertyAccessExpression(node)) return false;
  return typescript.isIdentifier(node.expression) && node.expression.text === "exports";
}
