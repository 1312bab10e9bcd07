/** Declarations without what is written in them for readers, which is two thirds of those of Node.js. */
import * as ts from "@tslab/typescript-for-tslab";

/**
 * Comments of one line stay, as some of them refer to other files.
 *
 * @example withoutComments('/** Ends. *\/ declare function end(): void; // now') // " declare function end(): void; // now"
 */
export function withoutComments(declarations: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, false, ts.LanguageVariant.Standard, declarations);
  const kept: string[] = [];
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (token !== ts.SyntaxKind.MultiLineCommentTrivia) kept.push(scanner.getTokenText());
  }
  return kept.join("");
}
