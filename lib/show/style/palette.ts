/** The colours of copied passages: a hue for each text of a library, stronger for longer copies. */
import { mix } from "./mixed";
import { paper, type Theme, themes } from "./themes";

/** How many texts have a colour of their own. */
export const hueCount = 8;

interface Hue {
  /** The ground of the longest copies; ink on it has a contrast of at least 7 : 1, on a dark page 4.5 : 1. */
  readonly ground: string;
  /** For lines and references; 4.5 : 1 on paper. */
  readonly line: string;
}

/**
 * The hues of Okabe and Ito (2008), made lighter and apart from each other in lightness as well, so that neighbours stay
 * apart for readers who are blind to red, green or blue (simulated after Machado et al. 2009).
 */
const hues: Record<Theme, readonly Hue[]> = {
  light: [
    { ground: "#7db0f5", line: "#1f62b8" }, // blue
    { ground: "#f5b13a", line: "#945700" }, // orange
    { ground: "#79d9a2", line: "#0b7548" }, // green
    { ground: "#f7b5df", line: "#b03a8c" }, // pink
    { ground: "#f48d63", line: "#b8400c" }, // vermilion
    { ground: "#f3ee63", line: "#6b6200" }, // yellow
    { ground: "#bff1f9", line: "#0b6f82" }, // ice
    { ground: "#b3afa5", line: "#5f5b52" }, // stone
  ],
  // The same hues, found by a search for those that stay the farthest apart in all four ways of seeing.
  dark: [
    { ground: "#142a7f", line: "#7db0f5" },
    { ground: "#693d09", line: "#f5b13a" },
    { ground: "#536e55", line: "#79d9a2" },
    { ground: "#4b1943", line: "#f7b5df" },
    { ground: "#a84402", line: "#f48d63" },
    { ground: "#2d3204", line: "#f3ee63" },
    { ground: "#045a69", line: "#bff1f9" },
    { ground: "#43413e", line: "#b3afa5" },
  ],
};

/** From so many characters on a copy is shown so strongly: how much of the hue there is in the paper. */
export const strengths: readonly { readonly from: number; readonly share: number }[] = [
  { from: 0, share: 0.42 },
  { from: 35, share: 0.6 },
  { from: 60, share: 0.8 },
  { from: 100, share: 1 },
];

/** The line colour of a text by its number in the library: the same in all samples and notebooks. */
export function lineColor(text: number, theme: Theme = "light"): string {
  return hues[theme][text % hueCount].line;
}

/** The ground of a copy of so many characters from a text. */
export function groundColor(text: number, length: number, theme: Theme = "light"): string {
  const strength = strengths.filter(({ from }) => length >= from).at(-1) ?? strengths[0];
  return mix(hues[theme][text % hueCount].ground, themes[theme].paper, strength.share);
}

/**
 * The ground of a number between -1, which is blue, and 1, which is orange; 0 is paper. Blue and orange stay apart for all
 * readers, and ink on both has a contrast of at least 7 : 1.
 */
export function divergingColor(value: number): string {
  const [blue, orange] = hues.light;
  return mix((value < 0 ? blue : orange).ground, paper, Math.min(1, Math.abs(value)));
}
