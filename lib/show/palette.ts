/** The colours of copied passages: a hue for each text of a library, stronger for longer copies. */

/** Colours as `#rrggbb`, for text and ground alike, so that an overlay reads on light and on dark pages. */
export const paper = "#fffdf9";
export const ink = "#1f1c18";
/** For what is said beside the sample; 4.5 : 1 on paper, as WCAG 2.2 asks of text. */
export const faintInk = "#6b655b";
export const rule = "#ddd6c9";

interface Hue {
  /** The ground of the longest copies; ink on it has a contrast of at least 7 : 1. */
  readonly ground: string;
  /** For lines and references; 4.5 : 1 on paper. */
  readonly line: string;
}

/**
 * The hues of Okabe and Ito (2008), made lighter and apart from each other in lightness as well, so that neighbours stay
 * apart for readers who are blind to red, green or blue (simulated after Machado et al. 2009).
 */
const hues: readonly Hue[] = [
  { ground: "#7db0f5", line: "#1f62b8" }, // blue
  { ground: "#f5b13a", line: "#945700" }, // orange
  { ground: "#79d9a2", line: "#0b7548" }, // green
  { ground: "#f7b5df", line: "#b03a8c" }, // pink
  { ground: "#f48d63", line: "#b8400c" }, // vermilion
  { ground: "#f3ee63", line: "#6b6200" }, // yellow
  { ground: "#bff1f9", line: "#0b6f82" }, // ice
  { ground: "#b3afa5", line: "#5f5b52" }, // stone
];

/** From so many characters on a copy is shown so strongly: how much of the hue there is in the paper. */
export const strengths: readonly { readonly from: number; readonly share: number }[] = [
  { from: 0, share: 0.42 },
  { from: 35, share: 0.6 },
  { from: 60, share: 0.8 },
  { from: 100, share: 1 },
];

/** The line colour of a text by its number in the library: the same in all samples and notebooks. */
export function lineColor(text: number): string {
  return hues[text % hues.length].line;
}

/** The ground of a copy of so many characters from a text. */
export function groundColor(text: number, length: number): string {
  const strength = strengths.filter(({ from }) => length >= from).at(-1) ?? strengths[0];
  return mix(hues[text % hues.length].ground, paper, strength.share);
}

/** @example mix("#ff0000", "#ffffff", 0.5) // "#ff8080" */
function mix(color: string, ground: string, share: number): string {
  const [one, other] = [channels(color), channels(ground)];
  const mixed = one.map((value, index) => Math.round(share * value + (1 - share) * other[index]));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** @example channels("#ff8000") // [255, 128, 0] */
export function channels(color: string): number[] {
  return [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
}
