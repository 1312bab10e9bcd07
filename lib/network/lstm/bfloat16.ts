/**
 * Products in bfloat16, which has the range of single precision with 8 bits of precision, by plain TensorFlow.js operations:
 * what `precision: "bf16"` means, and not a way to be faster.
 */
import { tf, type Tensor, type Tensor2D } from "../tensorflow";

/**
 * A product of factors that are rounded to bfloat16, summed in single precision. So are the two products of the way back,
 * of which the gradient is a factor.
 *
 * @param left [rows, depth]
 * @param right [depth, columns]
 */
export function productInBfloat16(left: Tensor2D, right: Tensor2D): Tensor2D {
  const differentiable = tf.customGrad((...given: unknown[]) => {
    const [a, b, save] = given as [Tensor2D, Tensor2D, (tensors: Tensor[]) => void];
    const factors = [rounded(a), rounded(b)];
    save(factors);
    const gradFunc = (gradient: Tensor, [a, b]: Tensor[]) => {
      const outer = rounded(gradient as Tensor2D);
      return [tf.matMul(outer, b, false, true), tf.matMul(a, outer, true)];
    };
    return { value: tf.matMul(factors[0], factors[1]), gradFunc };
  });
  return differentiable(left, right) as Tensor2D;
}

/**
 * The nearest numbers of 8 bits of precision; NaN stays NaN, and what is infinite stays so.
 *
 * @example rounded(tf.tensor1d([1 + 1 / 512, 3])) // [1, 3]
 */
export function rounded<Shaped extends Tensor>(numbers: Shaped): Shaped {
  const size = numbers.abs();
  const nearLarge = roundedBySplit(numbers.mul<Shaped>(2 ** -32)).mul<Shaped>(2 ** 32);
  const near = tf.where<Shaped>(size.greater(2 ** 100), nearLarge, roundedBySplit(numbers));
  return tf.where<Shaped>(size.equal(Infinity), numbers, near);
}

/**
 * Of numbers below 2^111: multiplying by 2^16 + 1 and taking away what that adds leaves the upper 8 of 24 bits (Dekker 1971,
 * section 4).
 */
function roundedBySplit<Shaped extends Tensor>(numbers: Shaped): Shaped {
  const moved = numbers.mul(0x10001);
  return moved.sub(moved.sub(numbers));
}
