import assert from "node:assert/strict";
import fc from "fast-check";
import { cutTraces } from "../../../lib/show/overlay/labelled";
import { overlayPicture } from "../../../lib/show/overlay/picture";
import { groundColor } from "../../../lib/show/style/palette";
import { trace } from "../../../lib/trace/trace";
import { textOf } from "../../trace/texts";

const books = [
  textOf("the cat sat on the mat", "Cats & <dogs>"),
  textOf("and slept all day", "Sleep", "A. Nap"),
];

interface Word {
  readonly x: number;
  readonly y: number;
  readonly size: string;
  readonly text: string;
}

/** What is written in a picture, in its order. */
function wordsOf(svg: string): Word[] {
  return [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"([^>]*)>(.*?)<\/text>/g)].map(
    ([, x, y, attributes, text]) => ({
      x: Number(x),
      y: Number(y),
      size: /font-size="(\d+)"/.exec(attributes)?.[1] ?? "",
      text: text
        .replace(/\u00a0/g, " ")
        .replace(/&lt;/g, "<")
        .replace(/&gt;/g, ">")
        .replace(/&amp;/g, "&"),
    }),
  );
}

/** The words of samples, which have the size of the picture itself, line by line. */
function linesOf(svg: string): string[] {
  const lines = new Map<number, string>();
  for (const { y, size, text } of wordsOf(svg)) {
    if (size === "") lines.set(y, (lines.get(y) ?? "") + text);
  }
  return [...lines.values()];
}

describe("overlayPicture(samples)", () => {
  it("draws the headline, the sample, a ground and `[n]` for each passage, and the sources", () => {
    const svg = overlayPicture(
      cutTraces([{ label: "temperature 0.5", trace: trace("So the cat sat on the mat, <b>.", books) }]),
    );
    assert.deepEqual(
      wordsOf(svg).map(({ text }) => text),
      [
        "temperature 0.5 · 85.0% copied · longest 22 characters · 1 passage",
        "So ",
        "the cat sat on the mat",
        "[1]",
        ", <b>.",
        "[1]  Cats & <dogs> · 85.0%",
      ],
    );
    const grounds = [...svg.matchAll(/<rect [^>]*width="(\d+)" height="18" fill="(#\w+)"/g)];
    assert.deepEqual(
      grounds.map(([, width, color]) => [Number(width), color]),
      [[22 * 8, groundColor(0, 22)]],
    );
  });

  it("breaks lines at line feeds and between words, and is as high as they are", () => {
    const svg = overlayPicture(
      cutTraces([{ label: "", trace: trace(`one\n\n${"word ".repeat(30)}end`, books) }]),
    );
    assert.deepEqual(linesOf(svg), ["one", "word ".repeat(17), `${"word ".repeat(13)}end`]);
    const [, height] = /viewBox="0 0 760 (\d+)"/.exec(svg) ?? [];
    const lowest = Math.max(...wordsOf(svg).map(({ y }) => y));
    assert.ok(Number(height) > lowest && Number(height) < lowest + 60);
  });

  it("shows the first 2,000 characters of a sample, never half of one", () => {
    const lines = linesOf(
      overlayPicture(cutTraces([{ label: "", trace: trace(`a${"😀".repeat(1500)}`, books) }])),
    ).join("");
    assert.equal(lines, `a${"😀".repeat(999)}…`);
  });

  it("says all of a sample within its width, whatever characters it has", () => {
    const words = fc.string({
      unit: fc.constantFrom("the cat sat on the mat", "and slept all day", "a", " ", "\n", "<", "&"),
      maxLength: 40,
    });
    fc.assert(
      fc.property(words, (sample) => {
        const svg = overlayPicture(
          cutTraces([{ label: "", trace: trace(sample, books, { minLength: 12 }) }]),
        );
        const said = linesOf(svg).join("");
        assert.equal(said.replace(/\s/g, ""), sample.slice(0, 2000).replace(/\s/g, ""));
        for (const [, x, width] of svg.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)) {
          assert.ok(Number(x) + Number(width) <= 760);
        }
      }),
      { numRuns: 300 },
    );
  });
});
