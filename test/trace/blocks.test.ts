import assert from "node:assert/strict";
import fc from "fast-check";
import { Blocks, hashOf, layoutFor, shortestWindow, wordsOf } from "../../lib/trace/blocks";

describe("layoutFor(minLength)", () => {
  it("gives blocks of which every window holds one whole", () => {
    for (let minLength = shortestWindow; minLength <= 300; minLength++) {
      const { block, stride } = layoutFor(minLength);
      assert.ok(block >= 4 && stride >= 4 && block % 4 === 0 && stride % 4 === 0, `${block}, ${stride}`);
      assert.ok(block + stride - 1 <= minLength, `${block} + ${stride} for ${minLength}`);
    }
  });
});

describe("Blocks", () => {
  const words = fc.string({ unit: fc.constantFrom("a", "b", "c", "ё"), maxLength: 60 });

  it("knows each place of the sample that has a block, from the last to the first", () => {
    fc.assert(
      fc.property(words, words, fc.integer({ min: 7, max: 30 }), (sample, text, minLength) => {
        const layout = layoutFor(minLength);
        const blocks = new Blocks(sample, layout);
        const bytes = wordsOf(text, Buffer.from(new ArrayBuffer(64)));
        for (let at = 0; at + layout.block <= text.length; at += layout.stride) {
          const hash = hashOf(bytes, at >>> 2, layout.block >>> 2);
          const places = [...blocks.places.subarray(blocks.start(hash), blocks.end(hash))];
          assert.deepEqual(
            places,
            places.slice().sort((one, other) => other - one),
          );
          const block = text.slice(at, at + layout.block);
          for (let place = sample.indexOf(block); place !== -1; place = sample.indexOf(block, place + 1)) {
            assert.ok(places.includes(place));
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it("skips almost all blocks that the sample does not have, and none that it has", () => {
    const layout = layoutFor(20);
    const sample = "What I have written shall be erased and written over again.";
    const blocks = new Blocks(sample, layout);
    const text = Array.from({ length: 2000 }, (_, number) => `${number} is not in it. `).join("");
    const bytes = Buffer.from(new ArrayBuffer(4 * text.length));
    const count = Math.floor((text.length - layout.block) / layout.stride) + 1;
    let stops = 0;
    const without = wordsOf(text, bytes);
    for (let number = 0; (number = blocks.skip(without, number, count)) < count; number++) stops++;
    assert.ok(stops < count / 10, `${stops} stops at ${count} blocks`);
    const at = 80 * layout.stride;
    const within = wordsOf(`${text.slice(0, at)}${sample}${text.slice(at)}`, bytes);
    for (let number = 80; number < 80 + 4; number++) assert.equal(blocks.skip(within, number, count), number);
  });
});
