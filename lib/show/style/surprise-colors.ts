/** The bars above letters that have surprised a network: their levels, heights and colours. */
import { mix } from "./mixed";
import { type Theme, themes } from "./themes";

/** From so many nats of surprise on there is a bar above a letter, so many pixels high, with so much of the ink in the paper. */
export const surprises: readonly {
  readonly from: number;
  readonly height: number;
  readonly share: number;
}[] = [
  { from: 0.5, height: 1, share: 0.4 },
  { from: 1, height: 2, share: 0.52 },
  { from: 2, height: 4, share: 0.64 },
  { from: 3, height: 6, share: 0.77 },
  { from: 5, height: 8, share: 0.9 },
];

/** The colour of a bar of one of the levels of `surprises`, from 1. */
export function surpriseColor(level: number, theme: Theme = "light"): string {
  return mix(themes[theme].ink, themes[theme].paper, surprises[level - 1].share);
}
