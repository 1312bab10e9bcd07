/** A watched training as a page of its own: its chart, and all its samples with their copies, one after another. */
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { writeWhole } from "../../base/files/atomic-write";
import type { BookMap } from "../../generate/memory/book-map";
import { bookData, type BookData } from "./book-data";
import { escapeHtml } from "../style/html";
import { labelledTraces } from "../overlay/labelled";
import { sampleLabel } from "../watch/log-line";
import { filterScript, overlay } from "../overlay/overlay";
import type { LabelledMap } from "../map/bands";
import { mapStrips, walkScript as walkStripsScript } from "../map/strip";
import { page } from "./page";
import { extents, frames } from "../chart/panel";
import { walkCss, walkScript, type SaveOverlayOptions } from "./save-overlay";
import { lineChart } from "../chart/svg";
import { themed } from "./themed";
import { trainingChart } from "../watch/training-chart";
import type { TrainingRecord } from "../watch/training-record";
import { hidden } from "../style/visible";

/** What the scripts of the page are told. */
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

export interface SaveStoryOptions extends SaveOverlayOptions {
  /** What the network knows of a book, or networks before and after do of it, below the samples (default: nothing). */
  readonly maps?: BookMap | readonly LabelledMap[];
}

/**
 * Writes the story of a training to an HTML file that needs no kernel, no other file and no network: the chart, and the
 * samples, through which a slider leads. It can be read without a script.
 *
 * @param record what `watch` has returned
 * @throws where there is no sample
 * @example await saveStory(await watch(train(training), library), "data/story.html", { title: "How a poet learned" })
 * @example await saveStory(record, "data/story.html", { maps: await mapOfBook(training.model, library.training[0]) })
 */
export async function saveStory(
  record: TrainingRecord,
  file: string,
  options: SaveStoryOptions = {},
): Promise<void> {
  await writeWhole(file, (part) => writeFile(part, storyPage(record, options)));
}

/** What `saveStory` writes. */
export function storyPage(
  record: TrainingRecord,
  { title = "The story of a training", around = 240, maps }: SaveStoryOptions = {},
): string {
  if (record.samples.length === 0) {
    throw new Error(
      "Expected a training with samples, got none; `sampleEvery` in its params says when they are written",
    );
  }
  const labelled = record.samples.map(({ trace, ...sample }) => ({ label: sampleLabel(sample), trace }));
  const chart = trainingChart(record);
  const data: StoryData & { readonly hidden: string } = {
    ...bookData(
      labelledTraces(labelled).map(({ trace }) => trace),
      around,
    ),
    hidden: hidden.source,
    story: record.samples.map(({ iteration, temperature }) => ({ iteration, temperature })),
    frames: frames(chart.panels.length).map(({ x, y, width, height, margin }) => ({
      left: x + margin.left,
      top: y + margin.top,
      width: width - margin.left - margin.right,
      height: height - margin.top - margin.bottom,
    })),
    last: extents(chart.panels).x[1],
  };
  // Plot names groups, which is not allowed inside a picture that has a name as a whole.
  const drawing = lineChart(chart).replace(/ aria-\w+="[^"]*"/g, "");
  const svg = drawing.replace("<svg ", `<svg role="img" aria-label="${escapeHtml(chart.alternative)}" `);
  const map = maps ? `<section data-map>${mapStrips(maps)}</section>` : "";
  return page({
    title,
    body: `<p data-summary>${escapeHtml(record.summary)}</p>${themed(svg)}${overlay(labelled, { around, scripted: true, pictured: false, room: Infinity })}${map}`,
    css: walkCss + storyCss,
    scripts: [storyScript, filterScript(), walkScript, ...(maps ? [walkStripsScript()] : [])],
    data,
  });
}

const storyScript = readFileSync(path.join(__dirname, "story-in-page.cjs"), "utf8");

const storyCss = `
main > svg { width: 100%; height: auto; }
[data-summary] { color: var(--faintInk); font-size: 13px; margin: 0 0 12px; }
[data-story] { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; position: sticky; top: 0; z-index: 1;
  background: var(--paper); padding: 10px 0; margin: 4px 0 12px; border-bottom: 1px solid var(--rule); font-size: 13px; }
[data-story] input[type=range] { flex: 1 1 240px; }
figure { border-top: 0 !important; }
[data-map] { margin: 28px 0 0; border-top: 1px solid var(--rule); }
[data-map] > div { border: 0; padding: 0; max-width: none; }
`;
