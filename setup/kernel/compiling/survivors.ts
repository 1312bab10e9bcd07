/** What stands of a cell that failed: as in other kernels, the declarations before the line that failed. */
import * as typescript from "@tslab/typescript-for-tslab";

export interface Survivors {
  /** The statements whose declarations hold, as the source of a cell. */
  readonly source: string;
  /** Names of the other declarations. */
  readonly lost: readonly string[];
}

/**
 * @param hasValue whether a name has got a value: a cell sets all of its names to undefined when it begins
 * @example survivors("const a = 1; const b = fail();", (name) => name === "a") // { source: "const a = 1;", lost: ["b"] }
 */
export function survivors(source: string, hasValue: (name: string) => boolean): Survivors {
  const file = typescript.createSourceFile("cell.ts", source, typescript.ScriptTarget.Latest, true);
  const isImport = (statement: typescript.Statement) => typescript.isImportDeclaration(statement);
  // Imports come first: where another declaration has a value, all of them, even those of mere types, have succeeded.
  const imported = file.statements.some(
    (statement) => !isImport(statement) && names(statement).some(hasValue),
  );
  const holds = (statement: typescript.Statement) =>
    typescript.isInterfaceDeclaration(statement) ||
    typescript.isTypeAliasDeclaration(statement) ||
    (isImport(statement) && imported) ||
    names(statement).some(hasValue);
  return {
    source: file.statements
      .filter(holds)
      .map((statement) => statement.getText())
      .join("\n"),
    lost: file.statements.filter((statement) => !holds(statement)).flatMap(names),
  };
}

/** The names that a statement declares at the top level. */
function names(statement: typescript.Statement): string[] {
  if (typescript.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
  }
  if (typescript.isImportDeclaration(statement)) {
    const { name, namedBindings } = statement.importClause ?? {};
    const bound = namedBindings && ("elements" in namedBindings ? namedBindings.elements : [namedBindings]);
    return [...(name ? [name.text] : []), ...(bound ?? []).map((binding) => binding.name.text)];
  }
  const { name } = statement as typescript.DeclarationStatement;
  return name && typescript.isIdentifier(name) ? [name.text] : [];
}

function boundNames(name: typescript.BindingName): string[] {
  if (typescript.isIdentifier(name)) return [name.text];
  return [...name.elements].flatMap((element) => ("name" in element ? boundNames(element.name) : []));
}
