/** A training as a notebook shows it: a live chart, below it how the training goes, below that the newest samples. */
import type { StepEvent, TrainingEvent } from "../../train/events";
import { LiveChart } from "../chart/live-chart";
import { escapeHtml } from "../style/html";
import { checkpointLine, logLine, sampleLabel, validationLine } from "./log-line";
import { display, nothing, type Display, type MimeBundle } from "../notebook";
import { overlay } from "../overlay/overlay";
import { Pace } from "../style/pace";
import { chartSize } from "../chart/panel";
import { ansi } from "../overlay/in-terminal";
import { resultsInWords, trainingChart } from "./training-chart";
import type { TrainingRecord } from "./training-record";
import type { View } from "./view";

export class NotebookView implements View {
  private readonly chart: LiveChart;
  private readonly state: Display;
  private readonly samples: Display;
  private readonly pace = new Pace({ shortest: 250 });

  constructor(private readonly record: TrainingRecord) {
    this.chart = new LiveChart(trainingChart(record));
    this.state = display(runningBundle(record));
    this.samples = display(samplesBundle(record));
  }

  show(event: TrainingEvent): void {
    this.chart.update(() => trainingChart(this.record));
    this.pace.run(() => this.state.update(runningBundle(this.record)));
    if (event.type === "sample") this.samples.update(samplesBundle(this.record));
  }

  end(): void {
    this.chart.end(trainingChart(this.record));
    this.state.update(endBundle(this.record));
  }

  clear(): void {
    this.chart.clear();
    this.state.update(nothing);
  }
}

/** Where the training stands: a bar, the log line, the newest validation and what else is worth knowing. */
function runningBundle(record: TrainingRecord): MimeBundle {
  const step = record.steps.at(-1);
  const validation = record.validations.at(-1);
  const lines = [
    step ? logLine(step) : "The training begins …",
    ...(validation ? [validationLine(validation)] : []),
  ];
  return linesBundle([...lines, ...notes(record)], step ? progressHtml(step) : "");
}

/** How the training ended, how one goes on, and with which results. */
function endBundle(record: TrainingRecord): MimeBundle {
  const lines = [record.ending, record.wayOn ?? "", resultsInWords(record), ...notes(record)];
  return linesBundle(lines.filter(Boolean));
}

function linesBundle(lines: readonly string[], bar = ""): MimeBundle {
  const html = lines.map((line) => `<div style="max-width:${chartSize.width}px">${escapeHtml(line)}</div>`);
  return { "text/html": bar + html.join(""), "text/plain": lines.join("\n") };
}

function progressHtml({ iteration, iterations }: StepEvent): string {
  const style = `display:block;width:100%;max-width:${chartSize.width}px`;
  return `<progress value="${iteration}" max="${iterations}" title="iterations" style="${style}"></progress>`;
}

/** The best validation where a later one was worse, the newest checkpoint, and what the user should know. */
function notes({ validations, best, checkpoints, notices }: TrainingRecord): string[] {
  const checkpoint = checkpoints.at(-1);
  return [
    ...(best && best !== validations.at(-1) ? [`best ${validationLine(best)}`] : []),
    ...(checkpoint ? [checkpointLine(checkpoint)] : []),
    ...notices
      // A turn that was followed by a lower loss was none.
      .filter(({ about, iteration }) => about !== "overfitting" || !best || best.iteration < iteration)
      .map(({ text }) => text),
  ];
}

function samplesBundle({ latestSamples }: TrainingRecord): MimeBundle {
  if (!latestSamples.length) return nothing;
  const labelled = latestSamples.map(({ trace, ...sample }) => ({ label: sampleLabel(sample), trace }));
  return { "text/html": overlay(labelled), "text/plain": ansi(labelled, { color: false }) };
}
