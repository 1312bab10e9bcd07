/** A watched training as a page of its own: its chart, and all its samples with their copies, one after another. */
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { writeWhole } from "../../base/files/atomic-write";
import type { BookMap } from "../../generate/memory/book-map";
import { escapeHtml } from "../style/html";
import { sampleLabel } from "../watch/log-line";
import { filterScript, overlay } from "../overlay/overlay";
import type { LabelledMap } from "../map/bands";
import { mapStrips, walkScript as walkStripsScript } from "../map/strip";
import { page } from "./page";
import { walkCss, walkScript, type SaveOverlayOptions } from "./save-overlay";
import { storyData } from "./story-data";
import { lineChart } from "../chart/line-chart";
import { themed } from "./themed";
import { trainingChart } from "../watch/training-chart";
import type { TrainingRecord } from "../watch/training-record";
import { hidden } from "../style/visible";

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
  const data = storyData(record.samples, chart, { labelled, around });
  // Plot names groups, which is not allowed inside a picture that has a name as a whole.
  const drawing = lineChart(chart).replace(/ aria-\w+="[^"]*"/g, "");
  const svg = drawing.replace("<svg ", `<svg role="img" aria-label="${escapeHtml(chart.alternative)}" `);
  const map = maps ? `<section data-map>${mapStrips(maps)}</section>` : "";
  return page({
    title,
    body: `<p data-summary>${escapeHtml(record.summary)}</p>${themed(svg)}${overlay(labelled, { around, scripted: true, pictured: false, room: Infinity })}${map}`,
    css: walkCss + storyCss,
    scripts: [storyScript, filterScript(), walkScript, ...(maps ? [walkStripsScript()] : [])],
    data: { ...data, hidden: hidden.source },
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
