/** What this stage offers: networks that read and learn, what goes on inside them, and where they can go. */
export { Model } from "./model";
export type { LayerRow, Summary } from "./summary-table";
export type { NetworkParams, Precision } from "./params";
export type { OptimizerName } from "./learning/optimizer";
export {
  chooseImplementation,
  cudnn,
  fused,
  implementations,
  reference,
  wasm,
  type Implementation,
} from "./implementation";
export { ready, runtime, tf, type Runtime } from "./tensorflow";
export { neuronsFor, sizeOf, type Shape } from "./budget";
export { abilities } from "./lstm/fused/operations";
export { activations, activationsOf, type Activations, type Unit } from "./inside/activations";
export { trackingUnits, type Tracking, type TrackingOptions } from "./inside/tracking";
export { type Pattern, patternOf, type PatternOptions, type SignedUnit } from "./inside/pattern";
export { passagesLike } from "./inside/passages-like";
export {
  howFarBack,
  lookBack,
  lossByContext,
  type LookBack,
  type LookBackOptions,
  type PositionOptions,
} from "./inside/look-back";
export {
  cosine,
  encode,
  nearest,
  principalPlane,
  similarity,
  type EncodeOptions,
  type Similar,
} from "./inside/vectors";
export { amplify, sensitivity } from "./inside/sensitivity";
export { importKeras, type ImportOptions } from "./keras/import";
export { readKeras, saveKeras } from "./keras/keras-file";
export { readLayersModel, saveLayersModel } from "./keras/layers-model";
