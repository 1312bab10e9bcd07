/** The options of `palimpsest train`: those of lib, read from its docstrings, and those of the command. */
import type { TextOptions } from "../../options/given-texts";

export const params = ["lib/train/params.ts", "Params"] as const;
export const loop = ["lib/train/options.ts", "TrainOptions"] as const;

/** What the command itself adds to lib's options, which stand beside these under their names in lib. */
export interface TrainCommandOptions extends TextOptions {
  readonly [name: string]: unknown;
  readonly run: string;
  readonly resume?: boolean;
  readonly from?: string;
  readonly pretrained?: boolean;
  readonly epochs?: number;
  readonly examplesPerEpoch?: number;
  readonly randomPrompt?: boolean;
  readonly promptLength?: number;
  readonly minLength?: number;
  readonly implementation?: string;
  readonly tensorboard?: string;
  readonly json?: boolean;
}
