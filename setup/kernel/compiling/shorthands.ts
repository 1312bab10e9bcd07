/**
 * Lets a cell name variables of earlier cells in short. tslab turns each such variable into a property of `exports`, but
 * overlooks those of shorthand properties; they are written out before it looks:
 *
 *     ({ library })                ({ library: exports.library })
 */
import * as typescript from "@tslab/typescript-for-tslab";

/** The file in which tslab declares the variables of earlier cells. */
const earlierCells = /(?:^|\/)__prev__\.d\.ts$/;

/** The transformer that writes them out; `checker` is that of the cell's program. */
export function writeOutShorthands(
  checker: typescript.TypeChecker,
): typescript.TransformerFactory<typescript.SourceFile> {
  return (context) => {
    const { factory, isShorthandPropertyAssignment, visitEachChild } = typescript;
    const isEarlier = (node: typescript.ShorthandPropertyAssignment) =>
      checker
        .getShorthandAssignmentValueSymbol(node)
        ?.declarations?.some((declaration) => earlierCells.test(declaration.getSourceFile().fileName));
    const visit = (node: typescript.Node): typescript.Node => {
      if (!isShorthandPropertyAssignment(node) || !isEarlier(node))
        return visitEachChild(node, visit, context);
      return writeOut(node, factory, (inner) => visitEachChild(inner, visit, context));
    };
    return (file) => visitEachChild(file, visit, context);
  };
}

/** `{ a }` as `{ a: exports.a }`. */
function writeOut(
  node: typescript.ShorthandPropertyAssignment,
  factory: typescript.NodeFactory,
  visit: (node: typescript.Node) => typescript.Node,
): typescript.PropertyAssignment {
  const variable = inExports(node.name, factory);
  const { objectAssignmentInitializer: otherwise } = node; // of `({ a = 1 } = …)`
  const value = otherwise
    ? factory.createAssignment(variable, visit(otherwise) as typescript.Expression)
    : variable;
  return factory.createPropertyAssignment(node.name.text, value);
}

/** A variable where tslab keeps it for other cells. */
function inExports(name: typescript.Identifier, factory: typescript.NodeFactory) {
  return factory.createPropertyAccessExpression(factory.createIdentifier("exports"), name.text);
}
