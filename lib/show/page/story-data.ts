/** What the scripts of the page of a training are told: where its samples stand in the books, and where its chart shows them. */
import { extents, frames, type Chart } from "../chart/panel";
import { labelledTraces, type LabelledTrace } from "../overlay/labelled";
import type { TracedSample } from "../watch/training-record";
import { bookData, type BookData } from "./book-data";

export interface StoryData extends BookData {
  /** When, and at which temperature, each sample was written. */
  readonly story: readonly { readonly iteration: number; readonly temperature: number }[];
  /** Where the lines of each panel of the chart are drawn, in pixels. */
  readonly frames: readonly {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  }[];
  /** The iteration at the right end of the chart. */
  readonly last: number;
}

/** @param around characters shown on each side of a passage */
export function storyData(
  samples: readonly TracedSample[],
  { panels }: Chart,
  { labelled, around }: { readonly labelled: readonly LabelledTrace[]; readonly around: number },
): StoryData {
  return {
    ...bookData(
      labelledTraces(labelled).map(({ trace }) => trace),
      around,
    ),
    story: samples.map(({ iteration, temperature }) => ({ iteration, temperature })),
    frames: frames(panels.length).map(({ x, y, width, height, margin }) => ({
      left: x + margin.left,
      top: y + margin.top,
      width: width - margin.left - margin.right,
      height: height - margin.top - margin.bottom,
    })),
    last: extents(panels).x[1],
  };
}
