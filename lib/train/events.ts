/** What a training tells while it runs; who shows it, and how, is for `lib/show` or any other listener. */

/**
 * The means of the steps since the last such event that was due by `TrainOptions.logEvery`. One more comes where a training
 * stops in between; when it goes on, be it from a checkpoint, the next one has the numbers of a training that never stopped.
 */
export interface StepEvent {
  readonly type: "step";
  /** Training steps made so far. */
  readonly iteration: number;
  /** Training steps after which the training is finished. */
  readonly iterations: number;
  /** How often every token of the training parts has been read, on average. */
  readonly epoch: number;
  /** Nats a token. */
  readonly crossEntropy: number;
  /** Share of tokens predicted correctly. */
  readonly accuracy: number;
  readonly learningRate: number;
  /** Global norm before clipping. */
  readonly gradientNorm: number;
  readonly tokensPerSecond: number;
  /** Training time so far, the stops not counted. */
  readonly seconds: number;
  readonly secondsLeft: number;
}

export interface ValidationEvent {
  readonly type: "validation";
  readonly iteration: number;
  /** Nats a token. */
  readonly crossEntropy: number;
  /** Nats a character: see `Validation`. Absent in what earlier versions recorded, which knew characters only. */
  readonly perCharacter?: number;
  /** Share of tokens predicted correctly. */
  readonly accuracy: number;
}

export interface SampleEvent {
  readonly type: "sample";
  readonly iteration: number;
  readonly temperature: number;
  readonly prompt: string;
  /** What the network wrote, without the prompt. */
  readonly text: string;
}

export interface CheckpointEvent {
  readonly type: "checkpoint";
  readonly iteration: number;
  readonly folder: string;
  /** Whether its weights were validated, and those of no earlier checkpoint had a lower loss. */
  readonly best: boolean;
}

export interface EndEvent {
  readonly type: "end";
  readonly iteration: number;
  /** "patience": validation had not fallen for `TrainOptions.patience` times. */
  readonly reason: "finished" | "time" | "interrupted" | "patience";
  readonly seconds: number;
  /** With `patience` or `restoreBest`: what measured best in validation. */
  readonly best?: { readonly iteration: number; readonly crossEntropy: number };
  /** With `restoreBest`: whether the network now has those weights. */
  readonly restored?: boolean;
}

/** Something that the user should know, as a sentence. */
export interface NoticeEvent {
  readonly type: "notice";
  readonly iteration: number;
  /**
   * "overfitting": validation has turned; "size": how the size of the texts decided params; "advice": what would go better;
   * "aside": an earlier run was in the way, and has another name now; "average": the weights are those of `averageLast` now.
   */
  readonly about: "overfitting" | "size" | "advice" | "aside" | "average";
  readonly text: string;
}

export type TrainingEvent =
  StepEvent | ValidationEvent | SampleEvent | NoticeEvent | CheckpointEvent | EndEvent;

/** The events that a training remembers. */
export type HistoryEntry = StepEvent | ValidationEvent | SampleEvent | NoticeEvent;
