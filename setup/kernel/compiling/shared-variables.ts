/**
 * Lets functions see what later cells assign to their variables. tslab keeps a cell's variables in `exports` for the
 * cells after it, but the cell itself goes on with variables of its own; so those that its functions name are read and
 * written in `exports` alone:
 *
 *     let x = 1; const f = () => x;        let x = 1; const f = () => exports.x;
 */
import * as typescript from "@tslab/typescript-for-tslab";
import { isCellFile } from "./source-map";
import { inExports, writeOut } from "./shorthands";

/** The transformer of a cell, to come before all others; `checker` is that of its program. */
export function shareVariables(
  checker: typescript.TypeChecker,
): typescript.TransformerFactory<typescript.SourceFile> {
  return (context) => (file) => {
    const { factory, visitEachChild } = typescript;
    if (!isCellFile(file.fileName)) return file;
    const shared = namedInFunctions(file, checker);

    const visit = (node: typescript.Node): typescript.Node => {
      if (typescript.isShorthandPropertyAssignment(node)) {
        const isShared = shared.has(checker.getShorthandAssignmentValueSymbol(node));
        return isShared ? writeOut(node, factory, visit) : visitEachChild(node, visit, context);
      }
      if (!isReference(node) || !shared.has(checker.getSymbolAtLocation(node))) {
        return visitEachChild(node, visit, context);
      }
      const variable = inExports(node, factory);
      const isCalled = typescript.isCallExpression(node.parent) && node.parent.expression === node;
      // Without the comma `exports` would be `this`.
      return isCalled
        ? factory.createParenthesizedExpression(
            factory.createComma(factory.createNumericLiteral(0), variable),
          )
        : variable;
    };
    return visitEachChild(file, visit, context);
  };
}

/** The variables of a cell, but for constants, that its functions or classes name. */
function namedInFunctions(
  file: typescript.SourceFile,
  checker: typescript.TypeChecker,
): Set<typescript.Symbol | undefined> {
  const found = new Set<typescript.Symbol | undefined>();
  const look = (node: typescript.Node, isInner: boolean): void => {
    if (isInner && typescript.isIdentifier(node)) {
      const symbol = typescript.isShorthandPropertyAssignment(node.parent)
        ? checker.getShorthandAssignmentValueSymbol(node.parent)
        : checker.getSymbolAtLocation(node);
      if (symbol?.valueDeclaration && isVariableOf(file, symbol.valueDeclaration)) found.add(symbol);
    }
    const beginsInner = typescript.isFunctionLike(node) || typescript.isClassLike(node);
    typescript.forEachChild(node, (child) => look(child, isInner || beginsInner));
  };
  look(file, false);
  return found;
}

/** Whether it is declared by a `let` or `var` of the file that is in no block. */
function isVariableOf(file: typescript.SourceFile, declaration: typescript.Node): boolean {
  let node = declaration;
  while (typescript.isBindingElement(node)) node = node.parent.parent;
  if (!typescript.isVariableDeclaration(node)) return false;
  const list = node.parent;
  const isConstant = (list.flags & typescript.NodeFlags.Const) !== 0;
  return !isConstant && typescript.isVariableStatement(list.parent) && list.parent.parent === file;
}

/** Whether a node names a variable to read or write it, and does not declare it. */
function isReference(node: typescript.Node): node is typescript.Identifier {
  if (!typescript.isIdentifier(node)) return false;
  const { parent } = node;
  if (typescript.isBindingElement(parent)) return parent.initializer === node;
  if (typescript.isVariableDeclaration(parent)) return parent.initializer === node;
  return typescript.isExpression(node);
}
