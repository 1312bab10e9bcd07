import assert from "node:assert/strict";
import { transform } from "esbuild";
import { SourceMap as OfNode, type SourceMapPayload } from "node:module";
import { SourceMap } from "../../../site/node/source-map";

const source = `interface Page { readonly words: string }
const pages: Page[] = [{ words: "a" }, { words: "b" }];

export function longest(all: readonly Page[]): string {
  return all.map(({ words }) => words).sort((one, other) => other.length - one.length)[0];
}
console.log(longest(pages));
`;

describe("source maps in a browser", () => {
  it("lead back to where Node's do", async () => {
    const { code, map } = await transform(source, { loader: "ts", sourcemap: true });
    const payload = JSON.parse(map) as SourceMapPayload;
    const [ours, theirs] = [new SourceMap(payload), new OfNode(payload)];
    const lines = code.split("\n");
    let compared = 0;
    for (const [line, text] of lines.entries()) {
      for (let column = 0; column < text.length; column++) {
        const found = theirs.findEntry(line, column);
        if (!("originalLine" in found)) continue;
        const { originalLine, originalColumn } = ours.findEntry(line, column);
        assert.deepEqual([originalLine, originalColumn], [found.originalLine, found.originalColumn]);
        compared++;
      }
    }
    assert.ok(compared > 100);
  });
});
