/** The one door of the library: everything that a notebook or a script may use, by the stages of a text's story. */
export { random, shuffled, type Random } from "./base/random";
export type { OnProgress, Progress } from "./base/progress";
export * from "./text";
export * from "./network";
export * from "./generate";
export * from "./train";
export * from "./trace";
export * from "./show";
export { Poet, type PoetTrainOptions, type Texts } from "./poet";
