/** What a training has told while it was watched, every sample with its trace. How it is shown is in `watch.ts`. */
import { inspect } from "node:util";
import { measure } from "../../trace/measure";
import type { Trace } from "../../trace/trace";
import { traceable, type Traceable, type TracedIn } from "../../trace/traceable";
import type {
  CheckpointEvent,
  EndEvent,
  HistoryEntry,
  NoticeEvent,
  SampleEvent,
  StepEvent,
  TrainingEvent,
  ValidationEvent,
} from "../../train/events";
import { bestValidation } from "../../train/validation/best";
import { endLine } from "./log-line";
import { count } from "../style/numbers";
import { resultsInWords } from "./training-chart";
import { wayOn } from "./way-on";

export interface TracedSample extends SampleEvent {
  readonly trace: Trace;
  /** The share of its characters that are copied. */
  readonly copied: number;
  /** The same share of held-out text; absent where there is none. */
  readonly zero?: number;
  /** Characters of its longest copy, 0 without one. */
  readonly longest: number;
}

export class TrainingRecord {
  readonly steps: StepEvent[] = [];
  readonly validations: ValidationEvent[] = [];
  readonly samples: TracedSample[] = [];
  readonly checkpoints: CheckpointEvent[] = [];
  /** What the user should know. */
  readonly notices: NoticeEvent[] = [];
  /** How it ended; undefined while it runs, and where it broke off with an error. */
  end: EndEvent | undefined;

  private readonly tracedIn: Traceable;
  /** Steps that were told of before it was watched. */
  private stepsBefore = 0;

  /** @param tracedIn what samples are traced against, or its index; passages of `minLength` characters and more */
  constructor(
    tracedIn: TracedIn,
    private readonly minLength?: number,
  ) {
    this.tracedIn = traceable(tracedIn);
  }

  /** Adds what happened before the training was watched. */
  remember(history: readonly HistoryEntry[]): void {
    for (const entry of history) this.add(entry);
    this.stepsBefore = this.steps.length;
  }

  add(event: TrainingEvent): void {
    if (event.type === "step") this.steps.push(event);
    else if (event.type === "validation") this.validations.push(event);
    else if (event.type === "checkpoint") this.checkpoints.push(event);
    else if (event.type === "notice") this.notices.push(event);
    else if (event.type === "end") this.end = event;
    else this.samples.push(this.traced(event));
  }

  /** The newest sample of each temperature, the lowest temperature first. */
  get latestSamples(): TracedSample[] {
    const latest = new Map(this.samples.map((sample) => [sample.temperature, sample]));
    return [...latest.values()].sort((a, b) => a.temperature - b.temperature);
  }

  /** The validation with the lowest loss; undefined before the first. */
  get best(): ValidationEvent | undefined {
    return bestValidation(this.validations);
  }

  /** How it ended, in words; without its own word for it, as after an error, only where. */
  get ending(): string {
    if (!this.end) {
      const { iteration = 0, iterations } = this.steps.at(-1) ?? {};
      return `${iteration === iterations ? "finished" : "stopped"} at iteration ${count(iteration)}`;
    }
    return endLine(this.end) + (this.hadEnded ? ", before this cell" : "");
  }

  /** How one goes on, where that is to be said. */
  get wayOn(): string | undefined {
    return wayOn(this);
  }

  /** Whether it had ended before it was watched, so that nothing was learned. */
  get hadEnded(): boolean {
    const isOver = this.end?.reason === "finished" || this.end?.reason === "patience";
    return isOver && this.isOnlyShown;
  }

  /** Whether all its steps had been made before it was watched. */
  get isOnlyShown(): boolean {
    return this.steps.length === this.stepsBefore;
  }

  /** Whether it has told nothing: it broke off before it began. */
  get isEmpty(): boolean {
    const { steps, validations, samples, checkpoints, notices, end } = this;
    return !end && [steps, validations, samples, checkpoints, notices].every(({ length }) => length === 0);
  }

  /** How it ended, and with which results, in a sentence. */
  get summary(): string {
    return [this.ending, resultsInWords(this)].filter(Boolean).join("; ");
  }

  /** Printed, a record is a sentence, not all that it holds. */
  [inspect.custom](): string {
    return this.summary;
  }

  private traced(sample: SampleEvent): TracedSample {
    const { minLength } = this;
    const traced = this.tracedIn.trace(sample.text, minLength === undefined ? {} : { minLength });
    const { copied, zero, longest } = measure(traced);
    return { ...sample, trace: traced, copied, ...(zero === undefined ? {} : { zero }), longest };
  }
}
