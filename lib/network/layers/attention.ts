/** Attention: beside what the network has at a position, an average of what it had at the last positions. */
import { tf, type Tensor, type Tensor2D, type Tensor3D } from "../tensorflow";

/** What attention looks back at: at most `span` - 1 positions. */
export interface Memory {
  /** What the network had at its last positions, the newest last: [batch, back, width]. */
  readonly features: Tensor3D;
  /** 1 where there was one, 0 before the beginning: [batch, back]. */
  readonly present: Tensor2D;
}

export interface AttentionOptions {
  /** Of the positions before; none where nothing was read. */
  readonly memory?: Memory;
  /** Of the score: [width, 1]. */
  readonly kernel: Tensor2D;
  /** Positions that an average is over at most. */
  readonly span: number;
}

export interface Attended {
  /** At each position, the average over it and the `span` - 1 before it: [time, batch, width]. */
  readonly average: Tensor3D;
  /** The weights in it, 0 for what comes later: [batch, time, back + time]. */
  readonly weights: Tensor3D;
  /** After the last position; kept, whoever calls disposes of it. No gradients flow into it. */
  readonly memory: Memory;
}

/**
 * Averages features, weighted by the softmax of a learned score of each. Felbo et al. 2017 (DeepMoji, section 3.3) and
 * textgenrnn take one such average at the end of a text; here each position has one, over what was there up to it.
 *
 * @param features [time, batch, width]
 */
export function attend(features: Tensor3D, { memory, kernel, span }: AttentionOptions): Attended {
  const [time, batch, width] = features.shape;
  const here = features.transpose<Tensor3D>([1, 0, 2]); // [batch, time, width]
  const read = tf.ones([batch, time]) as Tensor2D;
  const all = memory ? tf.concat([memory.features, here], 1) : here; // [batch, back + time, width]
  const present = memory ? tf.concat([memory.present, read], 1) : read; // [batch, back + time]
  const length = all.shape[1];
  const scores = all.reshape([batch * length, width]).matMul(kernel);
  const seen = present.expandDims(1).mul(band(time, length, span)); // [batch, time, back + time]
  const masked = scores.reshape([batch, 1, length]).add(seen.sub(1).mul(1e9));
  const weights = masked.softmax() as Tensor3D;
  const average = weights.matMul(all).transpose<Tensor3D>([1, 0, 2]);
  const from = Math.max(0, length - span + 1);
  const last = <Kind extends Tensor>(tensor: Kind): Kind =>
    tf.keep(tensor.slice([0, from, ...tensor.shape.slice(2).map(() => 0)]));
  return { average, weights, memory: { features: last(all), present: last(present) } };
}

/** 1 where one of the last `time` positions, a row, sees a position, a column: itself and the `span` - 1 before it. */
function band(time: number, length: number, span: number): Tensor3D {
  const seen = new Float32Array(time * length);
  for (let row = 0; row < time; row++) {
    const end = length - time + row + 1;
    seen.fill(1, row * length + Math.max(0, end - span), row * length + end);
  }
  return tf.tensor3d(seen, [1, time, length]);
}
