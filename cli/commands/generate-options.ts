/** The options of `palimpsest generate`: those of lib, read from its docstrings, and those of the command. */
export const writing = ["lib/generate/generate.ts", "Writing"] as const;
export const choice = ["lib/generate/choose.ts", "Choice"] as const;

/** What the command itself adds to lib's options, which stand beside these under their names in lib. */
export interface GenerateCommandOptions {
  readonly [name: string]: unknown;
  readonly n?: number;
  readonly temperatures?: number | readonly number[];
  readonly prompts?: string;
  readonly promptFrom?: string;
  readonly promptLength?: number;
  readonly encoding?: string;
  readonly interactive?: boolean;
  readonly offers?: number;
  readonly output?: string;
  readonly separator?: string;
  readonly quiet?: boolean;
  readonly json?: boolean;
}
