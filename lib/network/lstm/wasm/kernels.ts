/**
 * Operations around the layers that TensorFlow.js' plain JavaScript computes number by number, each by its indices: cutting
 * out and up, swapping dimensions, softmax, and computing with shapes that differ. Here they go along rows, tens of times as
 * fast.
 */
import type { Tensor, TensorFlow } from "../../tensorflow-types";

type Values = Float32Array | Int32Array;
export type Info = Pick<Tensor, "dataId" | "shape" | "dtype">;
type Kernel = Parameters<(typeof TensorFlow)["registerKernel"]>[0]["kernelFunc"];
type Given = Parameters<Kernel>[0];

/** What of a backend in plain JavaScript kernels use. */
interface Storage {
  readonly data: { get(id: Info["dataId"]): { values: Values } };
  makeTensorInfo(shape: readonly number[], dtype: string, values: Values): Info;
  disposeIntermediateTensorInfo(info: Info): void;
}

/** Operations of two tensors, by TensorFlow.js' names. */
const binary = ["Add", "Sub", "Multiply", "RealDiv", "Maximum", "Minimum", "Equal", "GreaterEqual"];

/** Puts these kernels in the place of those that a backend has copied. */
export function replaceKernels(tf: typeof TensorFlow, backendName: string): void {
  const replace = (kernelName: string, make: (before: Kernel) => (given: Given) => Info | Info[]) => {
    const { kernelFunc } = tf.getKernel(kernelName, "cpu");
    tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({ kernelName, backendName, kernelFunc: make(kernelFunc) as Kernel });
  };
  replace("Slice", (before) => (given) => {
    const { x } = given.inputs as { x: Info };
    const { begin, size } = given.attrs as unknown as Record<"begin" | "size", number[]>;
    const [from, shape] = tf.slice_util.parseSliceParams(x as Tensor, begin, size);
    if (!isPlain(x) || tf.slice_util.isSliceContinous(x.shape, from, shape)) return before(given) as Info;
    const strides = stridesOf(x.shape);
    const offset = strides.reduce((sum, stride, axis) => sum + stride * from[axis], 0);
    return copied(given, x, { shape, strides, offset });
  });
  replace("SplitV", (before) => (given) => {
    const { x } = given.inputs as { x: Info };
    const { numOrSizeSplits, axis: givenAxis } = given.attrs as unknown as {
      numOrSizeSplits: number | number[];
      axis: number;
    };
    if (!isPlain(x)) return before(given) as Info[];
    const axis = givenAxis < 0 ? givenAxis + x.shape.length : givenAxis;
    const sizes = tf.backend_util.prepareSplitSize(x as Tensor, numOrSizeSplits, axis);
    const strides = stridesOf(x.shape);
    let offset = 0;
    return sizes.map((size) => {
      const part = copied(given, x, {
        shape: x.shape.map((side, index) => (index === axis ? size : side)),
        strides,
        offset,
      });
      offset += size * strides[axis];
      return part;
    });
  });
  replace("Softmax", (before) => (given) => {
    const { logits } = given.inputs as { logits: Info };
    const { dim } = given.attrs as unknown as { dim: number };
    const last = logits.shape.length - 1;
    if (logits.dtype !== "float32" || (dim !== -1 && dim !== last)) return before(given) as Info;
    const { values } = storageOf(given).data.get(logits.dataId);
    return storageOf(given).makeTensorInfo(logits.shape, "float32", softmax(values, logits.shape[last]));
  });
  replace("Transpose", (before) => (given) => {
    const { x } = given.inputs as { x: Info };
    const { perm } = given.attrs as unknown as { perm: number[] };
    if (!isPlain(x)) return before(given) as Info;
    const strides = stridesOf(x.shape);
    const [shape, swapped] = [x.shape, strides].map((each) => perm.map((axis) => each[axis]));
    return copied(given, x, { shape, strides: swapped, offset: 0 });
  });
  for (const name of binary)
    replace(name, (before) => (given) => {
      const { a, b } = given.inputs as { a: Info; b: Info };
      const equal = String(a.shape) === String(b.shape);
      if (equal || !isPlain(a) || !isPlain(b) || [a, b].some(({ shape }) => shape.length === 0))
        return before(given) as Info;
      const shape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
      const [left, right] = [a, b].map((info) => copied(given, info, { shape, ...repeated(info, shape) }));
      const result = before({ ...given, inputs: { a: left, b: right } as never }) as Info;
      for (const info of [left, right]) storageOf(given).disposeIntermediateTensorInfo(info);
      return result;
    });
}

function storageOf({ backend }: Given): Storage {
  return backend as Storage;
}

function isPlain({ dtype }: Info): boolean {
  return dtype === "float32" || dtype === "int32";
}

/** How far apart neighbours lie in each dimension. */
export function stridesOf(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, side) => product * side, 1));
}

/** How a tensor is read as a larger one, in which what has one row, or none, has it again and again. */
function repeated({ shape: own }: Info, shape: readonly number[]): { strides: number[]; offset: number } {
  const strides = stridesOf(own);
  const missing = shape.length - own.length;
  const reads = shape.map((_, axis) =>
    axis < missing || own[axis - missing] === 1 ? 0 : strides[axis - missing],
  );
  return { strides: reads, offset: 0 };
}

/** Where the numbers of a tensor lie among others: `strides` apart, from `offset` on. */
interface View {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

function copied(given: Given, { dataId, dtype }: Info, view: View): Info {
  const storage = storageOf(given);
  const { values } = storage.data.get(dataId);
  return storage.makeTensorInfo([...view.shape], dtype, gather(values, view));
}

/** Of each row of `width` numbers. A row with a number that is none has none. */
function softmax(values: Values, width: number): Float32Array {
  const shares = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += width) {
    let highest = -Infinity;
    for (let at = start; at < start + width; at++) highest = Math.max(highest, values[at]);
    let sum = 0;
    for (let at = start; at < start + width; at++) sum += shares[at] = Math.exp(values[at] - highest);
    for (let at = start; at < start + width; at++) shares[at] /= sum;
  }
  return shares;
}

/** @example gather(Float32Array.of(1, 2, 3, 4, 5, 6), { shape: [3, 2], strides: [1, 3], offset: 0 }) // 1 4 2 5 3 6 */
export function gather(values: Values, { shape, strides, offset }: View): Values {
  const length = shape.reduce((product, side) => product * side, 1);
  const to = values instanceof Float32Array ? new Float32Array(length) : new Int32Array(length);
  const last = shape.length - 1;
  let at = 0;
  const copy = (axis: number, from: number) => {
    const [side, stride] = [shape[axis], strides[axis]];
    if (axis < last) for (let index = 0; index < side; index++) copy(axis + 1, from + index * stride);
    else for (let end = at + side; at < end; from += stride) to[at++] = values[from];
  };
  if (length > 0) copy(0, offset);
  return to;
}
