import assert from "node:assert/strict";
import fc from "fast-check";
import { parseHTML } from "linkedom";
import { divergingColor } from "../../lib/show/style/palette";
import { showValuedText, valuedText, valuesInWords } from "../../lib/show/valued-text";
import { visible } from "../../lib/show/style/visible";
import { inRecordedNotebook } from "./watch/recording";

const text = { tokens: [..."the sea"], values: [0, 0.1, 0.1, -0.4, 0.8, 0.8, 0] };
const title = "layer 1, neuron 17";

interface Element {
  readonly textContent: string;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<Element>;
}

function all(html: string, selector: string): Element[] {
  const { document } = parseHTML(`<html><body>${html}</body></html>`) as unknown as { document: Element };
  return [...document.querySelectorAll(selector)];
}

describe("valuedText", () => {
  it("colours each character by its number, those of the same one together, and says it where one points", () => {
    const spans = all(valuedText(text, { title }), "div span");
    assert.deepEqual(
      spans.map((span) => [span.textContent, span.getAttribute("title")]),
      [
        ["he", "0.12"],
        [" ", "-0.4"],
        ["se", "0.8"],
      ],
    );
    assert.ok(spans[2].getAttribute("style")?.includes(`background-color:${divergingColor(1)}`));
    assert.ok(spans[1].getAttribute("style")?.includes(`background-color:${divergingColor(-0.5)}`));
  });

  it("colours by the largest number there is, or by one that is named", () => {
    const full = divergingColor(1);
    assert.ok(
      all(valuedText(text, { title }), "div span").some((span) => span.getAttribute("style")?.includes(full)),
    );
    const named = all(valuedText(text, { title, most: 1 }), "div span");
    assert.ok(!named.some((span) => span.getAttribute("style")?.includes(full)));
  });

  it("has a legend of both signs, or of one where no number is below 0", () => {
    assert.match(
      all(valuedText(text, { title }), "figcaption")[0].textContent,
      /^layer 1, neuron 17 · -0.8 \s+ 0.8$/,
    );
    const positive = valuedText({ tokens: ["a"], values: [2] }, { title });
    assert.match(all(positive, "figcaption")[0].textContent, /· 0 \s+ 2$/);
  });

  it("frames what comes after the text", () => {
    const html = valuedText(text, { title, after: "\n" });
    const [last] = all(html, "div > span").slice(-1);
    assert.equal(last.textContent, "⏎");
    assert.match(last.getAttribute("style")!, /border/);
  });

  it("says in words where the numbers are highest and lowest", () => {
    assert.equal(
      valuesInWords(text, { title, after: " " }),
      "layer 1, neuron 17: highest 0.8 at the end of “the s”; lowest -0.4 at the end of “the␣”; then comes “␣”",
    );
    assert.equal(
      all(valuedText(text, { title }), "p")[0].textContent,
      "highest 0.8 at the end of “the s”; lowest -0.4 at the end of “the␣”",
    );
    assert.equal(valuesInWords({ tokens: [], values: [] }, { title }), `${title}: nothing was read`);
  });

  it("shows every text whole, and nothing in it becomes a tag", () => {
    const token = fc.string({ unit: "grapheme", minLength: 1 });
    const number = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(token, number), { minLength: 1 }), (pairs) => {
        const [tokens, values] = [pairs.map(([token]) => token), pairs.map(([, value]) => value)];
        const html = valuedText({ tokens: [...tokens, "<b>&"], values: [...values, 0] }, { title: "<i>" });
        assert.equal(all(html, "figure > div")[0].textContent, visible(`${tokens.join("")}<b>&`));
        assert.equal(all(html, "b, i").length, 0);
      }),
    );
  });

  it("refuses another number of numbers than of tokens", () => {
    assert.throws(() => valuedText({ tokens: ["a"], values: [] }, { title }), {
      message: "Expected a number for each of 1 tokens, got 0 numbers",
    });
    assert.throws(() => valuedText(text, { title, most: 0 }), { message: "Expected `most` > 0, got 0" });
  });
});

describe("showValuedText", () => {
  it("shows the text, and in words where its numbers are highest and lowest", async () => {
    const [shown] = await inRecordedNotebook(() => showValuedText(text, { title }));
    assert.equal(shown.html[0], valuedText(text, { title }));
    assert.equal(shown.text[0], valuesInWords(text, { title }));
  });
});
