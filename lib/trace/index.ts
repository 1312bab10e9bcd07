/** What this stage offers: which passages of a sample are copied, from where, and how much that is. */
export { trace, type Passage, type Trace, type TraceOptions } from "./trace";
export { traceNear, type NearTrace, type TraceNearOptions } from "./near/trace-near";
export { nearZero, type NearZeroOptions } from "./near/near-zero";
export { Zero } from "./zero";
export type { Change, NearOccurrence, NearPassage } from "./near/near-passage";
export { traceable, type Traceable, type TracedIn } from "./traceable";
export {
  counterfactual,
  type Counterfactual,
  type CounterfactualOptions,
  type CounterfactualPassage,
  type CounterfactualTrace,
} from "./counterfactual";
export { surprised, surpriseBeside, type Surprised, type SurprisedOptions } from "./surprised";
export { foretellCopies, surpriseAround, tellCopied, type SurpriseAround, type Told } from "./certainty";
export { measure, measureByLength, type Measures, type SourceMeasures } from "./measure";
export { novelty, type Novelty, type NoveltyOptions } from "./novelty";
export type { Occurrence } from "./places";
export type { ComparisonOptions } from "./comparison/comparison";
export { TraceIndex, type IndexedNearOptions, type TraceIndexOptions } from "./on-disk/trace-index";
