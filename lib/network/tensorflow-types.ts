/** TensorFlow.js' types, for `tensorflow.ts`, which has all the rest of it, and for what that is made of. */
import type * as TensorFlow from "@tensorflow/tfjs";

export type { TensorFlow };

export type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D } from "@tensorflow/tfjs";

/** A tensor that learning changes. TensorFlow.js types a variable by the enumeration of its ranks. */
export type Variable<Rank extends TensorFlow.Rank = TensorFlow.Rank> = TensorFlow.Variable<Rank>;
export type Variable1D = Variable<TensorFlow.Rank.R1>;
export type Variable2D = Variable<TensorFlow.Rank.R2>;

export type NamedTensors = TensorFlow.NamedTensorMap;
export type WeightSpecs = TensorFlow.io.WeightsManifestEntry[];
