/** HDF5 files, by the HDF5 library in WebAssembly: named numbers in folders, and no more of the format than Keras uses. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { runInThisContext } from "node:vm";
import type * as Library from "h5wasm";
import { fromHalf } from "../precision/half-precision";
import type { Weight } from "./layers";

/** What is to be in a file, by its path. */
export interface Content {
  /** Folders, also those that stay empty, each after the one that it is in, with their attribute `name`. */
  readonly groups: ReadonlyMap<string, string | undefined>;
  readonly weights: ReadonlyMap<string, Weight>;
}

/** The bytes of a file. It is made in memory: the library says nothing of a disk that is full. */
export async function writeHdf5({ groups, weights }: Content): Promise<Uint8Array> {
  const library = loadApart();
  const { FS: memory } = await library.ready;
  const place = nextPlace();
  const file = new library.File(place, "w");
  try {
    for (const [name, title] of groups) {
      const group = file.create_group(name);
      if (title !== undefined) group.create_attribute("name", title);
    }
    for (const [name, { shape, values }] of weights)
      file.create_dataset({ name, data: values, shape: [...shape], dtype: "<f" });
  } finally {
    file.close();
  }
  try {
    return memory.readFile(place);
  } finally {
    memory.unlink(place);
  }
}

/**
 * The numbers of a file that stand in a folder under the names 0, 1, …, for each of some folders; none where it has none.
 * Those in half precision, in bf16 or in double precision become single ones.
 *
 * @throws where the file is no HDF5 file, and where numbers are none of these, such as the integers of a quantized network
 */
export async function readHdf5(
  content: Uint8Array,
  folders: readonly string[],
  name = "the weights",
): Promise<Weight[][]> {
  const library = loadApart();
  const { FS: memory } = await library.ready;
  const place = nextPlace();
  memory.writeFile(place, content);
  let file: Library.File | undefined;
  try {
    file = new library.File(place, "r");
    const get = file.get.bind(file);
    let bytes = 0;
    return folders.map((folder) => {
      const found: Weight[] = [];
      for (;;) {
        const entry = get(`${folder}/${found.length}`) as Library.Dataset | null;
        if (!entry) return found;
        const { shape, size } = entry.metadata ?? {};
        bytes += size * (shape ?? []).reduce((product, side) => product * side, 1);
        // A link to another file, or numbers that lie in one, have no bytes here.
        if (!(bytes <= content.length))
          throw new Error(`Expected all weights within ${name}, but ${folder}/${found.length} claims others`);
        found.push({ shape: entry.shape ?? [], values: valuesOf(entry) });
      }
    });
  } finally {
    file?.close();
    memory.unlink(place);
  }
}

let places = 0;

/** In the library's memory. */
function nextPlace(): string {
  return `weights-${++places}.h5`;
}

/** The classes of numbers in HDF5. */
const integer = 0;
const floatingPoint = 1;

function valuesOf(entry: Library.Dataset): Float32Array {
  const { metadata } = entry;
  const { type, size } = metadata;
  if (type === floatingPoint && size > 2)
    return Float32Array.from(entry.value as unknown as ArrayLike<number>);
  if (type === floatingPoint) {
    // The library reads no halves, but their bits.
    Object.defineProperty(entry, "metadata", { value: { ...metadata, type: integer, signed: false } });
    return fromHalf(entry.value as Uint16Array);
  }
  // Keras writes bf16 as bytes that mean nothing to HDF5, and says in an attribute what they are.
  if (entry.attrs.dtype?.value === "bfloat16") return fromBf16(entry.value as Uint8Array);
  throw new Error(
    `Expected floating-point numbers in ${entry.path}, got ${String(entry.dtype)}: a quantized network doesn't carry over, ` +
      "save it before it is quantized",
  );
}

/** The upper halves of single-precision numbers, little-endian. */
function fromBf16(bytes: Uint8Array): Float32Array {
  const bits = Uint32Array.from({ length: bytes.length / 2 }, (_, at) => {
    return ((bytes[2 * at + 1] << 24) | (bytes[2 * at] << 16)) >>> 0;
  });
  return new Float32Array(bits.buffer);
}

let apart: typeof Library | undefined;

/**
 * The library as it is made for browsers: it knows no disk. A file that comes from others may name other files (external links,
 * external storage, virtual data sets), and the library would read those from disk.
 */
function loadApart(): typeof Library {
  if (!apart) {
    const source = readFileSync(scriptInPackage(), "utf8");
    apart = runInThisContext(`(() => { ${source}\nreturn h5wasm; })()`) as typeof Library;
  }
  return apart;
}

/** The package exports itself to `import` only, which the kernel's CommonJS has not: so its file is found by its path. */
function scriptInPackage(): string {
  const folders = require.resolve.paths("h5wasm") ?? [];
  const file = folders
    .map((folder) => path.join(folder, "h5wasm", "dist", "iife", "h5wasm.js"))
    .find((candidate) => existsSync(candidate));
  if (file === undefined) throw new Error("Expected the package h5wasm to be installed: run `npm start`");
  return file;
}
