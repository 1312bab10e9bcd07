/** What this stage offers: texts that networks write, alone, together, and with people. */
export { generate, goOn, write, type Writing } from "./generate";
export { choose, type Choice } from "./choose";
export { Writer } from "./writer";
export { collect, generateMany, generateSamples, type GeneratedText, type ManyOptions } from "./many";
export { saveTexts, type FileOptions } from "./to-file";
export { synthesize, type SynthesisOptions, type Turn } from "./synthesize";
export { continuations, type Continuation, type ContinuationOptions } from "./continuations";
export { writeTogether, type InteractiveOptions, type Offer } from "./interactive";
export { Dialogue, type DialogueOptions, type DialogueSettings, type Reply } from "./dialogue";
export { extraction, type Attempt, type Extraction, type ExtractionOptions } from "./extraction";
export { mapOfBook, type BookMap, type BookMapOptions } from "./memory/book-map";
export { likelihood, type Likelihood, type LikelihoodOptions } from "./memory/likelihood";
export type { Alternatives } from "./memory/alternatives";
export { writeByChance, type ChanceOptions } from "./markov";
