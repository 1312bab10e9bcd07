/** A training as a terminal shows it: a line for each event, and the samples with their copies in colour. */
import type { EndEvent, TrainingEvent } from "../../train/events";
import { checkpointLine, logLine, sampleLabel, validationLine } from "./log-line";
import { display } from "../notebook";
import { Pace } from "../style/pace";
import { ansi } from "../overlay/in-terminal";
import type { TrainingRecord } from "./training-record";
import type { View } from "./view";

export class TerminalView implements View {
  private readonly pace: Pace;

  /** @param lineEvery seconds from one line on how it goes to the next, at least */
  constructor(
    private readonly record: TrainingRecord,
    lineEvery = 0,
  ) {
    this.pace = new Pace({ shortest: 1000 * lineEvery, longest: 1000 * lineEvery });
  }

  show(event: TrainingEvent): void {
    if (event.type === "end") return;
    const show = () => void display({ "text/plain": this.lines(event) });
    if (event.type === "step") this.pace.run(show);
    else show();
  }

  end(): void {
    display({ "text/plain": this.record.summary });
  }

  clear(): void {
    // Nothing was printed.
  }

  private lines(event: Exclude<TrainingEvent, EndEvent>): string {
    if (event.type === "step") return logLine(event);
    if (event.type === "validation") return validationLine(event);
    if (event.type === "checkpoint") return checkpointLine(event);
    if (event.type === "notice") return event.text;
    const { trace } = this.record.samples[this.record.samples.length - 1];
    return `\n${ansi([{ label: sampleLabel(event), trace }])}\n`;
  }
}
