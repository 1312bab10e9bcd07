/** The five real books beside the checkout, laid out as a mirror of Project Gutenberg; not everybody has them. */
import { existsSync } from "node:fs";
import path from "node:path";

const mirror = path.join(__dirname, "..", "..", "..", "shared", "gutenberg");

/** The folder of the books; the test counts as skipped where there is none. */
export function realBooks(test: Mocha.Context): string {
  if (!existsSync(mirror)) {
    console.log(
      `        (needs real books of Project Gutenberg in ${path.relative(process.cwd(), mirror)}/cache/epub/…)`,
    );
    test.skip();
  }
  return mirror;
}
