import assert from "node:assert/strict";
import fc from "fast-check";
import { Sieve } from "../../lib/trace/sieve";

const words = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 120 });

describe("Sieve", () => {
  it("passes over no window of the sample", () => {
    fc.assert(
      fc.property(words, words, fc.integer({ min: 1, max: 60 }), fc.nat(20), (sample, rest, length, from) => {
        const text = rest + sample + rest;
        const next = new Sieve(sample, length).next(text, from);
        for (let at = from; at + length <= text.length; at++) {
          if (sample.includes(text.slice(at, at + length))) {
            assert.ok(next !== -1 && next <= at);
            return;
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("passes over almost everything else", () => {
    const sieve = new Sieve("What I have written shall be erased and written over again.", 20);
    const text = Array.from({ length: 20_000 }, (_, number) => `${number} is not in it. `).join("");
    let stops = 0;
    for (let at = sieve.next(text, 0); at !== -1; at = sieve.next(text, at + 1)) stops++;
    assert.ok(stops < text.length / 1000, `${stops} stops in ${text.length} characters`);
  });
});
