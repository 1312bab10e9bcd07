/** How far something that takes long has come: one form of it for downloads, trainings and set-up alike. */

export interface Progress {
  /** What is going on, in a few words: "Book 1342". Reports with one label belong together. */
  readonly label: string;
  readonly done: number;
  /** Absent where nobody knows. */
  readonly total?: number;
  /** What `done` counts, a plural: "bytes", "texts", "iterations". */
  readonly unit: string;
}

export type OnProgress = (progress: Progress) => void;
