/** The first and the last bytes of a file, read without what lies between. */
import { open, readFile } from "node:fs/promises";

/** Bytes at each end of a file in which its head and its licence stand. */
const ends = 2 ** 17;

interface Ends {
  readonly head: Buffer;
  readonly tail: Buffer;
  readonly whole: () => Promise<Buffer>;
}

export async function endsOf(file: string): Promise<Ends> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const read = async (from: number, length: number) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, from);
      return buffer.subarray(0, bytesRead);
    };
    const head = await read(0, ends);
    const tail = size <= ends ? head : await read(size - ends, ends);
    return { head, tail, whole: async () => readFile(file) };
  } finally {
    await handle.close();
  }
}
