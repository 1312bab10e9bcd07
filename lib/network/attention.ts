/** Attention: beside what the network has at a position, an average of what it had at the last positions. */
import { tf, type Tensor, type Tensor2D, type Tensor3D } from "./tensorflow";

/** What attention looks back at. */
export interface Memory {
  /** What the network had at its last positions, the newest last: [batch, span - 1, width]. */
  readonly features: Tensor3D;
  /** 1 where there was one, 0 before the beginning: [batch, span - 1]. */
  readonly present: Tensor2D;
}

/** Where nothing was read. The caller disposes of it. */
export function emptyMemory(batch: number, span: number, width: number): Memory {
  return {
    features: tf.zeros([batch, span - 1, width]) as Tensor3D,
    present: tf.zeros([batch, span - 1]) as Tensor2D,
  };
}

export interface Attended {
  /** At each position, the average over it and the `span` - 1 before it: [time, batch, width]. */
  readonly average: Tensor3D;
  /** The weights in it, 0 for what comes later: [batch, time, span - 1 + time]. */
  readonly weights: Tensor3D;
  /** After the last position; kept, whoever calls disposes of it. No gradients flow into it. */
  readonly memory: Memory;
}

/**
 * Averages features, weighted by the softmax of a learned score of each. Felbo et al. 2017 (DeepMoji, section 3.3) and
 * textgenrnn take one such average at the end of a text; here each position has one, over what was there up to it.
 *
 * @param features [time, batch, width]
 * @param memory of the positions before; its length is `span` - 1
 * @param kernel of the score: [width, 1]
 */
export function attend(features: Tensor3D, memory: Memory, kernel: Tensor2D): Attended {
  const [time, batch, width] = features.shape;
  const back = memory.features.shape[1];
  const here = features.transpose([1, 0, 2]); // [batch, time, width]
  const all = tf.concat([memory.features, here], 1); // [batch, back + time, width]
  const present = tf.concat([memory.present, tf.ones([batch, time])], 1); // [batch, back + time]
  const scores = all.reshape([batch * (back + time), width]).matMul(kernel);
  const seen = present.expandDims(1).mul(band(time, back)); // [batch, time, back + time]
  const masked = scores.reshape([batch, 1, back + time]).add(seen.sub(1).mul(1e9));
  const weights = masked.softmax() as Tensor3D;
  const average = weights.matMul(all).transpose([1, 0, 2]);
  const last = <Kind extends Tensor>(tensor: Kind): Kind => {
    const rest = tensor.shape.slice(2);
    return tf.keep(tensor.slice([0, time, ...rest.map(() => 0)], [batch, back, ...rest]));
  };
  return {
    average: average as Tensor3D,
    weights,
    memory: { features: last(all as Tensor3D), present: last(present as Tensor2D) },
  };
}

/** 1 where a position, a row, sees another one, a column: itself and the `back` before it; [1, time, back + time]. */
function band(time: number, back: number): Tensor3D {
  const width = back + time;
  const seen = new Float32Array(time * width);
  for (let row = 0; row < time; row++) seen.fill(1, row * width + row, row * width + row + back + 1);
  return tf.tensor3d(seen, [1, time, width]);
}
