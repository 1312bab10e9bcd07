import assert from "node:assert/strict";
import { withoutComments } from "../../../site/build/comments";

describe("declarations without comments", () => {
  it("keep all but comments of several lines", () => {
    const given = `/// <reference types="node" />
/** Ends.
 * @param now whether at once */
declare function end(now: /* or later */ boolean): \`a/*\${string}*/b\`; // at last
declare const glob: "/* none */";
`;
    assert.equal(
      withoutComments(given),
      `/// <reference types="node" />

declare function end(now:  boolean): \`a/*\${string}*/b\`; // at last
declare const glob: "/* none */";
`,
    );
  });
});
