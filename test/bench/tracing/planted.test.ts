import assert from "node:assert/strict";
import { foundOf, lengths, percents, plantedSample } from "../../../bench/tracing/planted";
import { random } from "../../../lib/base/random";
import { traceNear } from "../../../lib/trace/near/trace-near";
import { textOf } from "../../trace/texts";

/** Words of two to nine letters, none of which is likely to stand in another text. */
function made(seed: number, length: number): string {
  const draw = random(seed);
  const below = (limit: number) => Math.floor(draw() * limit);
  let text = "";
  while (text.length < length)
    text += `${Array.from({ length: 2 + below(8) }, () => String.fromCharCode(97 + below(26))).join("")} `;
  return text;
}

describe("passages that are planted for the bench", () => {
  const [book, filler] = [textOf(made(1, 20_000)), textOf(made(2, 20_000))];
  const { sample, planted } = plantedSample([book], [filler], 2000);

  it("are of each length and share of changes, in a sample of the length that is asked for", () => {
    assert.ok(Math.abs(sample.length - 2000) < 30, `got ${sample.length}`);
    assert.equal(planted.length, lengths.length * percents.length);
    for (const { start, end, percent } of planted) {
      const isCopied = book.content.includes(sample.slice(start, end));
      assert.equal(isCopied, percent === 0, `${percent} %: ${sample.slice(start, end)}`);
    }
  });

  it("are all found as near copies", () => {
    const found = foundOf(planted, traceNear(sample, [book]).passages);
    for (const [changed, share] of Object.entries(found)) assert.ok(share > 0.9, `${changed}: ${share}`);
  });

  it("count as found by the characters that were found", () => {
    const two = [
      { start: 0, end: 10, percent: 0 },
      { start: 20, end: 30, percent: 5 },
    ];
    const found = foundOf(two, [
      { start: 5, end: 10 },
      { start: 8, end: 22 },
    ]);
    assert.equal(found["0 %"], 0.5);
    assert.equal(found["5 %"], 0.2);
  });
});
