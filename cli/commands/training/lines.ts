/** A training in lines: on a terminal the line that tells how it goes is rewritten, elsewhere each has its own. */
import {
  ansi,
  checkpointLine,
  logLine,
  sampleLabel,
  TrainingRecord,
  validationLine,
  visible,
} from "../../../lib/show";
import type { Traceable } from "../../../lib/trace";
import type { TrainingEvent } from "../../../lib/train";
import { print } from "../../output";

export class TrainingLines {
  private readonly record: TrainingRecord;
  private readonly quiet: boolean;
  /** Whether the last line is one to be rewritten. */
  private passing = false;

  /**
   * @param tracedIn what samples are traced against; without it they are shown as they are
   * @param options.quiet leaves out how it goes; false
   * @param options.minLength characters of a passage that counts as copied, at least
   */
  constructor(
    private readonly tracedIn: Traceable | undefined,
    { quiet = false, minLength }: { quiet?: boolean; minLength?: number } = {},
  ) {
    this.record = new TrainingRecord(tracedIn ?? [], minLength);
    this.quiet = quiet;
  }

  /** Writes what there is to say of an event. */
  async tell(event: TrainingEvent): Promise<void> {
    if (event.type === "sample" && !this.tracedIn)
      return this.line(`\n${sampleLabel(event)}\n\n${visible(event.text)}\n\n`);
    this.record.add(event);
    if (event.type === "step") {
      if (!this.quiet) await this.line(logLine(event), { passing: Boolean(process.stdout.isTTY) });
    } else if (event.type === "notice") await this.line(event.text);
    else if (event.type === "validation") await this.line(validationLine(event));
    else if (event.type === "checkpoint") await this.line(checkpointLine(event));
    else if (event.type === "end") await this.line(this.record.summary);
    else {
      const { trace } = this.record.samples[this.record.samples.length - 1];
      await this.line(`\n${ansi([{ label: sampleLabel(event), trace }])}\n`);
    }
  }

  private async line(text: string, { passing = false } = {}): Promise<void> {
    const before = this.passing ? "\r\x1b[2K" : "";
    const width = (process.stdout.columns ?? 80) - 1;
    await print(before + (passing ? text.slice(0, width) : `${text}\n`));
    this.passing = passing;
  }
}
