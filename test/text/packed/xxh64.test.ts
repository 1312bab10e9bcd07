import assert from "node:assert/strict";
import fc from "fast-check";
import { Xxh64 } from "../../../lib/text/packed/xxh64";

function hash(...pieces: Uint8Array[]): string {
  const hash = new Xxh64();
  for (const piece of pieces) hash.update(piece);
  return hash.digest().toString(16).padStart(16, "0");
}

describe("Xxh64", () => {
  it("hashes as xxhsum -H1 does", () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, at) => (at * 7) % 256);
    const expected: [number, string][] = [
      [0, "ef46db3751d8e999"],
      [1, "e934a84adb052768"],
      [4, "ae5acdc00a55ac41"],
      [7, "d734a6b26f3da63e"],
      [8, "87116b3365b924eb"],
      [12, "14b8433b9a14e611"],
      [31, "0f187c62b1e722b7"],
      [32, "91b0cb0931a8c629"],
      [33, "931b043cf8d65b94"],
      [63, "219110bf13e2fa26"],
      [64, "bf3052e3445775d0"],
      [77, "c4ce4e3ad65f6de0"],
      [1000, "25275608a9cfc168"],
    ];
    for (const [length, digest] of expected) assert.equal(hash(bytes.subarray(0, length)), digest);
    assert.equal(hash(Buffer.from("abc")), "44bc2cf5ad770999");
  });

  it("hashes pieces as the whole", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 70 })), (pieces) => {
        assert.equal(hash(...pieces), hash(Buffer.concat(pieces)));
      }),
    );
  });
});
