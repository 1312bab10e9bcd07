import assert from "node:assert/strict";
import { createHash as ofNode } from "node:crypto";
import { createHash, randomBytes } from "../../../site/node/crypto";

describe("node:crypto in a browser", () => {
  it("sums as Node.js does, strings and bytes, piece by piece", () => {
    const pieces = ["Mühlrad", Uint8Array.of(0, 255), Buffer.from("xyz").subarray(1)];
    const [ours, theirs] = [createHash("sha256"), ofNode("sha256")];
    for (const piece of pieces) {
      ours.update(piece);
      theirs.update(piece);
      assert.equal(ours.copy().digest("hex"), theirs.copy().digest("hex"));
    }
    assert.deepEqual(ours.digest(), theirs.digest());
    assert.throws(() => createHash("md5"), /Expected sha256 in a browser, got md5/);
  });

  it("gives as many random bytes as asked for", () => {
    assert.equal(randomBytes(9).length, 9);
  });
});
