import assert from "node:assert/strict";
import fc from "fast-check";
import { trace } from "../../../lib/trace/trace";
import { traceNear } from "../../../lib/trace/near/trace-near";
import { textOf } from "../texts";
import { nearByHand, type ByHandOptions } from "./by-hand";

/** The passages and places as the oracle has them. */
function found(sample: string, text: string, { share, ...options }: ByHandOptions) {
  const wanted = { ...options, share: share / 100, maxOccurrences: Infinity };
  return traceNear(sample, [textOf(text)], wanted).passages.map(({ start, end, occurrences }) => ({
    passage: [start, end],
    places: occurrences.map(({ edits, offset, length = end - start }) => [edits, offset, offset + length]),
  }));
}

describe("traceNear as its definition says", () => {
  const options = fc.constantFrom<ByHandOptions>(
    { minLength: 12, share: 15, gap: 4 },
    { minLength: 20, share: 15, gap: 12 },
    { minLength: 10, share: 20, gap: 4 },
    { minLength: 3, share: 15, gap: 12 },
    { minLength: 14, share: 30, gap: 3 },
    { minLength: 40, share: 15, gap: 12 },
    { minLength: 8, share: 0, gap: 12 },
  );
  /** A text and a sample with pieces of it, in which some letters are changed. */
  const texts = fc
    .constantFrom("ab", "abcd", "abcdefgh", "abcdefghijklmnopqrstuvwxyz", "a😀😁\ud83dé語𝒳z")
    .chain((alphabet) => {
      const letters = Array.from(alphabet);
      const letter = fc.constantFrom(...letters);
      const most = letters.length < 5 ? 36 : 64;
      const words = (maxLength: number) => fc.array(letter, { maxLength });
      const edits = fc.array(
        fc.tuple(fc.nat({ max: most - 1 }), fc.constantFrom("replace", "put in", "leave out"), letter),
        {
          maxLength: 7,
        },
      );
      return fc
        .tuple(words(most), words(6), edits, words(6), fc.nat({ max: 8 }))
        .map(([text, before, changes, after, from]) => {
          const copy = text.map((own, at) => {
            const change = changes.find(([place]) => place === at);
            if (!change) return own;
            return { replace: change[2], "put in": change[2] + own, "leave out": "" }[change[1]] ?? "";
          });
          return { text: text.join(""), sample: [...before, ...copy.slice(from), ...after].join("") };
        });
    });

  it("finds the passages and places that following every alignment finds", () => {
    fc.assert(
      fc.property(texts, options, ({ sample, text }, options) => {
        assert.deepEqual(found(sample, text, options), nearByHand(sample, text, options));
      }),
      { numRuns: 250 },
    );
  });

  it("finds the reversed passages in reversed texts", () => {
    const reversed = (words: string) => Array.from(words).reverse().join("");
    fc.assert(
      fc.property(texts, options, ({ sample, text }, options) => {
        // A lone surrogate would make a pair with what comes to stand beside it.
        fc.pre(!/\ud83d(?![\udc00-\udfff])/.test(sample + text));
        const passages = found(sample, text, options).map(({ passage: [start, end], places }) => {
          return { start: sample.length - end, end: sample.length - start, places: places.length };
        });
        const again = found(reversed(sample), reversed(text), options).map(
          ({ passage: [start, end], places }) => {
            return { start, end, places: places.length };
          },
        );
        assert.deepEqual(again, passages.reverse());
      }),
      { numRuns: 250 },
    );
  });

  it("is `trace` where no edits are allowed", () => {
    const spans = (passages: readonly { start: number; end: number; length: number }[]) =>
      passages.map(({ start, end, length }) => [start, end, length]);
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 30 }), ({ sample, text }, minLength) => {
        const near = traceNear(`${sample} ${sample}`, [textOf(text)], { minLength, share: 0 });
        assert.deepEqual(
          spans(near.passages),
          spans(trace(near.sample, [textOf(text)], { minLength }).passages),
        );
      }),
      { numRuns: 250 },
    );
  });

  it("tells changes that make the sample of the text", () => {
    fc.assert(
      fc.property(texts, ({ sample, text }) => {
        const { passages } = traceNear(sample, [textOf(text)], { minLength: 10 });
        for (const { start, end, occurrences } of passages) {
          for (const { offset, length = end - start, changes, core } of occurrences) {
            const pieces: string[] = [];
            let from = offset;
            for (const change of changes) {
              pieces.push(text.slice(from, change.offset), sample.slice(change.start, change.end));
              from = change.offset + change.length;
            }
            pieces.push(text.slice(from, offset + length));
            assert.equal(pieces.join(""), sample.slice(start, end));
            assert.ok(text.includes(sample.slice(core.start, core.end)) && core.end > core.start);
          }
        }
      }),
      { numRuns: 250 },
    );
  });
});
