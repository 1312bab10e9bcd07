/** Steps of which no report has told yet. */

/** Sums over the steps since the last report that was due; a training keeps them where it stops in between. */
export interface Unreported {
  readonly steps: number;
  readonly crossEntropy: number;
  readonly accuracy: number;
  readonly gradientNorm: number;
}

export const nothingUnreported: Unreported = { steps: 0, crossEntropy: 0, accuracy: 0, gradientNorm: 0 };
