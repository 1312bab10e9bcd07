import assert from "node:assert/strict";
import { TextLibrary } from "../../lib/text/library";
import { measure, measureByLength } from "../../lib/trace/measure";
import { trace } from "../../lib/trace/trace";
import { heldOutWords, Zero, zeroOf } from "../../lib/trace/zero";
import { madeUp } from "./made-up";
import { partOf, textOf } from "./texts";

const phrase = "for the fiscal year ended June the thirtieth";

/** A library whose books repeat a phrase every so many words, in what is held out as well. */
function formulaic(): TextLibrary {
  const words = madeUp(8_000).split(" ");
  const content = words.map((word, index) => (index % 40 === 0 ? `${word} ${phrase}` : word)).join(" ");
  return new TextLibrary([textOf(content)], { validation: 0.2 });
}

describe("the zero of a copied share", () => {
  it("is the copied share of what the library holds out, beside that of a sample", () => {
    const library = formulaic();
    const [heldOut] = library.validation;
    const traced = trace("What I said.", library.training, { minLength: 20 });
    const own = measure(trace(heldOut.content, [...library.training], { minLength: 20 }));
    assert.ok(own.copied > 0.1);
    assert.equal(measure(traced).zero, own.copied);
    assert.equal(traced.raised, false);
  });

  it("is that of passages of the same length, at each length", () => {
    const library = formulaic();
    const traced = trace("What I said.", library.training, { minLength: 20 });
    const own = trace(library.validation[0].content, [...library.training], { minLength: 20 });
    const zeros = measureByLength(traced, [20, 45, 60]).map(({ zero }) => zero);
    assert.deepEqual(
      zeros,
      measureByLength(own, [20, 45, 60]).map(({ copied }) => copied),
    );
    assert.ok((zeros[0] ?? 0) > 0 && zeros[2] === 0);
  });

  it("raises the default length until it is small, but no length that was asked for", () => {
    const library = formulaic();
    const traced = trace("What I said.", library.training);
    assert.ok(traced.raised && traced.minLength > phrase.length && traced.minLength < 60);
    assert.ok((measure(traced).zero ?? 1) <= 0.01);
    assert.equal(trace("What I said.", library.training, { minLength: 20 }).minLength, 20);
  });

  it("leaves the default length as it is where no length makes it small", () => {
    const song = "Never was there such a song as the one that she sang to us all day long. ".repeat(300);
    const traced = trace("What I said.", new TextLibrary([textOf(song)], { validation: 0.2 }).training);
    assert.deepEqual([traced.minLength, traced.raised, measure(traced).zero], [20, false, 1]);
  });

  it("leaves the default length as it is where chance repeats nothing", () => {
    const library = new TextLibrary([textOf(madeUp(8_000))], { validation: 0.2 });
    const traced = trace("What I said.", library.training);
    assert.deepEqual([traced.minLength, traced.raised, measure(traced).zero], [20, false, 0]);
  });

  it("is not known of texts of no library, and where less than 1,000 characters are held out", () => {
    const short = new TextLibrary([textOf(madeUp(4_000))], { validation: 0.05 });
    for (const texts of [short.training, [...formulaic().training]]) {
      const traced = trace("What I said.", texts);
      assert.equal(traced.zero, undefined);
      assert.equal(traced.minLength, 20);
      assert.ok(!("zero" in measure(traced)));
    }
  });

  it("is that of the beginnings of all parts, between which no passage goes on", () => {
    const parts = (...lengths: number[]) => lengths.map((length) => partOf(textOf("a".repeat(length)), 0));
    assert.equal(heldOutWords(parts(600, 400)), `${"a".repeat(600)}\uffff${"a".repeat(400)}`);
    assert.deepEqual(
      heldOutWords(parts(300_000, 100_000))
        .split("\uffff")
        .map(({ length }) => length),
      [150_000, 50_000],
    );
    assert.equal(heldOutWords(parts(600, 399)), "");
  });

  it("counts letters once where passages overlap, by the longest", () => {
    const zero = zeroOf("0123456789. . .abcde", [
      { start: 0, end: 6, length: 6, sources: [{ text: 0 }] },
      { start: 4, end: 12, length: 7, sources: [{ text: 0 }, { text: 3 }] },
    ]);
    assert.equal(zero.letters, 15);
    assert.deepEqual(
      [0, 6, 7, 8, 1000].map((length) => zero.at(length)),
      [1, 10 / 15, 6 / 15, 0, 0],
    );
  });

  it("is known of each text by its number in the library, as the measure of what is held out has it", () => {
    const [said, unsaid] = [1, 2].map((seed) => madeUp(8_000, seed));
    const common = madeUp(300, 3);
    const library = new TextLibrary(
      [textOf(unsaid), textOf(`${common} ${said} ${common}`), textOf(`${common} ${madeUp(8_000, 4)}`)],
      { validation: 0.1 },
    );
    const traced = trace(common, library.training, { minLength: 20 });
    const words = heldOutWords(library.validation);
    const own = measure(trace(words, [...library.training], { minLength: 20 }));
    assert.deepEqual(
      measure(traced).sources.map(({ text, zero }) => [text, zero]),
      own.sources.map(({ text, copied }) => [text, copied]),
    );
    assert.deepEqual(
      [1, 2],
      own.sources.map(({ text }) => text),
    );
    assert.ok(own.sources[0].copied > 0.05);
    assert.equal(traced.zero?.ofText(0, 20), 0);
    assert.deepEqual(Zero.from(JSON.parse(JSON.stringify(traced.zero))), traced.zero);
  });

  it("is not known of texts where it was kept before these were counted", () => {
    const zero = Zero.from({ letters: 10, shares: [1, 0.5] });
    assert.deepEqual([zero.at(1), zero.ofText(0, 1)], [0.5, undefined]);
  });
});
