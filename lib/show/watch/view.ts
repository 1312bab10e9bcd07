/** Where a training is shown: in a notebook (`watch-in-notebook.ts`) or in a terminal (`watch-in-terminal.ts`). */
import type { TrainingEvent } from "../../train/events";

/** Shows a record. Every event is in the record before `show` is called with it. */
export interface View {
  show(event: TrainingEvent): void;
  /** Shows how it all ended; called once, also after an error. */
  end(): void;
  /** Shows nothing, in the place of that, where it broke off before it began. */
  clear(): void;
}
