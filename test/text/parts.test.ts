import assert from "node:assert/strict";
import fc from "fast-check";
import { cut, partsOf } from "../../lib/text/parts";

function text(content: string) {
  return { title: "Test", author: "", source: "string", content, weight: 1 };
}

const share = fc.double({ min: 0, max: 0.99, noNaN: true });

describe("cut", () => {
  it("gives parts that are the text when laid end to end", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), share, (content, held) => {
        const { training, validation } = cut(text(content), held);
        assert.equal(training.content + (validation?.content ?? ""), content);
        if (!validation) return;
        assert.ok(training.content !== "" && validation.content !== "");
        assert.equal(validation.start, training.content.length);
        assert.equal(validation.firstLine, training.content.split("\n").length);
      }),
    );
  });

  it("never cuts a character in two", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constant("🐋"), minLength: 1 }), share, (content, held) => {
        assert.equal(cut(text(content), held).training.content.length % 2, 0);
      }),
    );
  });

  it("cuts between two lines near the share", () => {
    const content = "0123456789\n".repeat(1000);
    const { training, validation } = cut(text(content), 0.1);
    assert.ok(training.content.endsWith("\n"));
    assert.ok(Math.abs((validation?.content.length as number) - 1100) <= 11);
  });

  it("cuts between two words where a line goes on for long", () => {
    const { training } = cut(text("word ".repeat(2000)), 0.1);
    assert.ok(training.content.endsWith(" "));
    assert.equal(training.content.length, 9000);
  });

  it("holds out nothing of a share of 0, and nothing of a single character", () => {
    assert.equal(cut(text("abc\nabc"), 0).validation, undefined);
    assert.equal(cut(text("a"), 0.5).validation, undefined);
  });

  it("refuses a share that is none", () => {
    assert.throws(() => cut(text("abc"), 1), { message: "Expected `validation` from 0 up to 1, got 1" });
    assert.throws(() => cut(text("abc"), NaN));
  });
});

describe("partsOf", () => {
  it("holds out whole what is said to be held out, long or short, and the share of the others", () => {
    const long = text("0123456789\n".repeat(1000));
    const texts = [
      long,
      { ...long, heldOut: true },
      ...["a", "b", "c"].map((content) => ({ ...text(content), short: true })),
      { ...text("d"), short: true, heldOut: true },
    ];
    const parts = partsOf(texts, { share: 0, seed: 1 });
    assert.deepEqual(
      parts.map(({ training, validation }) => [training?.content, validation?.content]),
      [
        [long.content, undefined],
        [undefined, long.content],
        ["a", undefined],
        ["b", undefined],
        ["c", undefined],
        [undefined, "d"],
      ],
    );
    const [first, second] = partsOf(texts, { share: 0.1, seed: 1 });
    assert.ok(first.training && first.validation && second.validation && !second.training);
  });
});
