import assert from "node:assert/strict";
import { divergingColor, groundColor, lineColor, strengths } from "../../../lib/show/style/palette";
import { type Theme, themes } from "../../../lib/show/style/themes";
import { channels } from "../../../lib/show/style/mixed";

const hues = Array.from({ length: 8 }, (_, index) => index);
const longest = strengths[strengths.length - 1].from;

/** Channels without their gamma, from 0 to 1. */
function linear(color: string): number[] {
  return channels(color).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
}

/** As WCAG 2.2 defines it. */
function contrast(one: string, other: string): number {
  const [high, low] = [one, other]
    .map((color) => linear(color))
    .map(([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue)
    .sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

/** Machado, Oliveira and Fernandes 2009, table 1, severity 1; for linear channels. */
const sights = {
  "all colours": [1, 0, 0, 0, 1, 0, 0, 0, 1],
  "no red": [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  "no green": [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  "no blue": [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

/** OKLab (Ottosson 2020) of a colour as an eye sees it. */
function seen(color: string, sight: readonly number[]): number[] {
  const light = times(sight, linear(color)).map((value) => Math.min(1, Math.max(0, value)));
  const cones = times(
    [
      0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619,
      0.2817188376, 0.6299787005,
    ],
    light,
  ).map(Math.cbrt);
  return times(
    [
      0.2104542553, 0.793617785, -0.0040720468, 1.9779984951, -2.428592205, 0.4505937099, 0.0259040371,
      0.7827717662, -0.808675766,
    ],
    cones,
  );
}

function times(matrix: readonly number[], vector: readonly number[]): number[] {
  return [0, 3, 6].map((row) => vector.reduce((sum, value, column) => sum + matrix[row + column] * value, 0));
}

function distance(one: string, other: string, sight: readonly number[]): number {
  const [from, to] = [seen(one, sight), seen(other, sight)];
  return 100 * Math.hypot(...from.map((value, index) => value - to[index]));
}

for (const theme of ["light", "dark"] as Theme[]) {
  describe(`the ${theme} palette of an overlay`, () => {
    const { paper, ink, faintInk } = themes[theme];
    const enough = theme === "light" ? 7 : 4.5;

    it(`has a contrast of at least ${enough} : 1 between ink and every ground`, () => {
      for (const hue of hues) {
        for (const { from } of strengths) {
          const found = contrast(ink, groundColor(hue, from, theme));
          assert.ok(found >= enough, `text ${hue}, ${from} characters: ${found.toFixed(2)}`);
        }
      }
    });

    it("has a contrast of at least 4.5 : 1 between paper and what is written on it", () => {
      for (const color of [ink, faintInk, ...hues.map((hue) => lineColor(hue, theme))]) {
        assert.ok(contrast(color, paper) >= 4.5, color);
      }
    });

    for (const [name, sight] of Object.entries(sights)) {
      it(`keeps the grounds of eight texts apart for eyes that see ${name}`, () => {
        for (const one of hues) {
          for (const other of hues.slice(0, one)) {
            const apart = distance(
              groundColor(one, longest, theme),
              groundColor(other, longest, theme),
              sight,
            );
            assert.ok(apart >= 5.5, `texts ${other} and ${one}: ${apart.toFixed(1)}`); // 2 is just seen side by side.
          }
        }
      });
    }

    it("is stronger from each length on", () => {
      for (const hue of hues) {
        const grounds = strengths.map(({ from }) =>
          distance(groundColor(hue, from, theme), paper, sights["all colours"]),
        );
        assert.deepEqual(
          grounds,
          grounds.slice().sort((one, other) => one - other),
        );
      }
    });
  });
}

describe("the palette", () => {
  it("begins again after eight texts", () => {
    assert.equal(lineColor(8), lineColor(0));
    assert.equal(groundColor(11, 50), groundColor(3, 50));
  });

  it("has no colour twice in a theme, so that a page can give each a name", () => {
    const colors = [
      ...Object.values(themes.light),
      ...hues.map((hue) => lineColor(hue)),
      ...hues.flatMap((hue) => strengths.map(({ from }) => groundColor(hue, from))),
    ];
    assert.equal(new Set(colors).size, colors.length);
  });
});

describe("divergingColor(value)", () => {
  const values = Array.from({ length: 41 }, (_, at) => (at - 20) / 20);

  it("is paper at 0, and a ground for ink everywhere", () => {
    assert.equal(divergingColor(0), themes.light.paper);
    for (const value of values)
      assert.ok(contrast(divergingColor(value), themes.light.ink) >= 7, String(value));
  });

  it("keeps both signs apart for all eyes from a quarter on, and is stronger the farther from 0", () => {
    for (const [name, sight] of Object.entries(sights)) {
      for (const value of values.filter((one) => one >= 0.25)) {
        const apart = distance(divergingColor(value), divergingColor(-value), sight);
        assert.ok(apart >= 4, `${name}: ${apart} at ${value}`);
      }
      for (const sign of [1, -1]) {
        const strengths = values
          .filter((one) => one >= 0)
          .map((one) => distance(divergingColor(sign * one), themes.light.paper, sight));
        strengths
          .slice(1)
          .forEach((one, before) => assert.ok(one > strengths[before], `${name}: ${strengths}`));
      }
    }
  });
});
