/**
 * TensorFlow.js in plain JavaScript with tensors that may lie in the module's memory: an operation of the module moves what
 * it reads there, once, and leaves there what it makes, so that weights and their averages stay where they are learned.
 */
import type { Tensor, TensorFlow } from "../../tensorflow-types";
import { replaceKernels, type Info } from "./kernels";
import type { LstmModule, Place } from "./module";

type Values = Float32Array | Int32Array;
type DataId = Tensor["dataId"];

/** The part of TensorFlow.js' backend in plain JavaScript that is used here. */
interface Backend {
  firstUse: boolean;
  readonly data: { has(id: DataId): boolean; get(id: DataId): { values: Values } };
  write(values: Values, shape: number[], dtype: string): DataId;
  readSync(id: DataId): Values;
  disposeData(id: DataId, force?: boolean): boolean;
}

/** The name under which TensorFlow.js knows the backend. */
export const backendName = "palimpsest";

/** Calls the module's operations with tensors. */
export class ModuleBackend {
  /** Of each piece of the module's memory that tensors lie in, by its address: its end, and how many there are. */
  private readonly pieces = new Map<number, { readonly end: number; tensors: number }>();
  /** The module's memory, as often as it has grown. */
  private readonly buffers = new WeakSet<object>();
  private readonly backend: Backend;

  /** Makes a backend of the name `backendName` known to TensorFlow.js. */
  constructor(
    private readonly tf: typeof TensorFlow,
    private readonly module: LstmModule,
  ) {
    const backend = tf.findBackendFactory("cpu")() as unknown as Backend;
    this.backend = this.extended(backend);
    tf.registerBackend(backendName, () => backend as never);
    tf.copyRegisteredKernels("cpu", backendName);
    replaceKernels(tf, backendName);
    this.multiplyByModule();
  }

  /**
   * Calls an operation by its name.
   *
   * @param inputs in single precision or int32; left in the module's memory
   * @throws where the inputs do not fit
   */
  call(name: string, inputs: readonly Tensor[], outputs: number): Tensor[] {
    const made = this.module.call(name, inputs.map(this.placed), outputs);
    return made.map((place) => {
      const shape = [...place.shape];
      return this.tf.tensor(this.viewOf(place), shape, place.dtype);
    });
  }

  /** Gives TensorFlow.js the module's products of matrices, for its operations around the layers. */
  private multiplyByModule(): void {
    const kernelName = "BatchMatMul";
    const { kernelFunc: inJavaScript } = this.tf.getKernel(kernelName, "cpu");
    this.tf.unregisterKernel(kernelName, backendName);
    this.tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: (given) => {
        const { a, b } = given.inputs as unknown as Record<"a" | "b", Info>;
        const { transposeA, transposeB } = given.attrs as unknown as Record<string, boolean>;
        const [left, right] = [a, b].map(({ shape }) => shape.slice(0, -2));
        const fits = String(left) === String(right) && [a, b].every(({ dtype }) => dtype === "float32");
        if (!fits || [...a.shape, ...b.shape].includes(0)) return inJavaScript(given);
        const product = this.product(a, b, [transposeA, transposeB]);
        const shape = [...left, ...product.shape.slice(1)];
        return {
          dataId: this.backend.write(this.viewOf(product), shape, "float32"),
          shape,
          dtype: "float32",
        };
      },
    });
  }

  /** [matrices, rows, columns]: the matrices of both, one by one, each transposed where that is asked for. */
  private product(a: Info, b: Info, transposed: readonly [boolean, boolean]): Place {
    const stacked = (info: Info): Place => {
      const [rows, columns] = info.shape.slice(-2);
      const matrices = info.shape.slice(0, -2).reduce((product, side) => product * side, 1);
      return { ...this.placed(info), shape: [matrices, rows, columns] };
    };
    const at = this.module.allocate(8);
    try {
      new Int32Array(this.module.memory.buffer, at, 2).set(transposed.map(Number));
      const flags: Place = { at, dtype: "int32", shape: [2] };
      return this.module.call("MatrixProduct", [stacked(a), stacked(b), flags], 1)[0];
    } finally {
      this.module.release(at);
    }
  }

  /** Lets a backend keep count of the tensors in the module's memory, and give copies of them to whoever reads. */
  private extended(backend: Backend): Backend {
    const { write, readSync, disposeData } = backend;
    return Object.assign(backend, {
      firstUse: false, // or it would recommend another TensorFlow.js
      write: (values: Values, shape: number[], dtype: string) => {
        const piece = this.pieceOf(values);
        if (piece) piece.tensors += 1; // as with a slice, which shares its tensor's memory
        return write.call(backend, values, shape, dtype);
      },
      readSync: (id: DataId) => {
        const values = readSync.call(backend, id);
        return this.pieceOf(values) ? values.slice() : values;
      },
      disposeData: (id: DataId, force?: boolean) => {
        const values = backend.data.has(id) ? backend.data.get(id).values : undefined;
        const isGone = disposeData.call(backend, id, force);
        if (values && isGone) this.release(values);
        return isGone;
      },
    });
  }

  /** Where a tensor lies in the module's memory, into which it moves where it lies elsewhere. */
  private readonly placed = ({ dataId, shape, dtype }: Info): Place => {
    if (dtype !== "float32" && dtype !== "int32") throw new Error(`Expected float32 or int32, got ${dtype}`);
    const data = this.backend.data.get(dataId);
    if (!this.pieceOf(data.values)) {
      const place = { at: this.module.allocate(data.values.byteLength), dtype, shape };
      const view = this.viewOf(place);
      view.set(data.values);
      this.pieceOf(view)!.tensors += 1;
      data.values = view;
    }
    return { at: data.values.byteOffset, dtype, shape };
  };

  /** The numbers of a place, which is a piece of its own from here on. */
  private viewOf({ at, dtype, shape }: Place): Values {
    const { buffer } = this.module.memory;
    this.buffers.add(buffer);
    const length = shape.reduce((product, side) => product * side, 1);
    this.pieces.set(at, { end: at + 4 * length, tensors: 0 });
    return dtype === "float32" ? new Float32Array(buffer, at, length) : new Int32Array(buffer, at, length);
  }

  private pieceOf(values: Values) {
    const at = this.startOf(values);
    return at === undefined ? undefined : this.pieces.get(at);
  }

  /** The address of the piece that numbers lie in; undefined where they lie elsewhere. */
  private startOf({ buffer, byteOffset }: Values): number | undefined {
    if (!buffer || !this.buffers.has(buffer)) return undefined;
    if (this.pieces.has(byteOffset)) return byteOffset;
    for (const [start, { end }] of this.pieces) if (start < byteOffset && byteOffset < end) return start;
    return undefined;
  }

  private release(values: Values): void {
    const start = this.startOf(values);
    const piece = start === undefined ? undefined : this.pieces.get(start);
    if (start === undefined || !piece || --piece.tensors > 0) return;
    this.pieces.delete(start);
    this.module.release(start);
  }
}
