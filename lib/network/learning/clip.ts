/** Clipping by the global norm (Pascanu et al. 2013). */
import { type Scalar, tf } from "../tensorflow";

/**
 * By what gradients are multiplied so that their norm is at most `clipNorm`, where that is not 0. A norm that is NaN gives NaN:
 * on WebAssembly that holds of the first number of two alone.
 */
export function clipScale(norm: Scalar, clipNorm: number): Scalar {
  return clipNorm > 0 ? tf.minimum(tf.div<Scalar>(clipNorm, norm), 1) : tf.scalar(1);
}
