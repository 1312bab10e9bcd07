/** `node:crypto` in a worker: sums by SHA-256, and random names. */
import { sha256 } from "@noble/hashes/sha2.js";
import { randomUUID } from "../../web/node/crypto";

export { randomUUID };

type Data = string | ArrayBufferView;

class Hash {
  constructor(private readonly sum = sha256.create()) {}

  update(data: Data): this {
    this.sum.update(bytesOf(data));
    return this;
  }

  copy(): Hash {
    return new Hash(this.sum.clone());
  }

  digest(): Buffer;
  digest(encoding: BufferEncoding): string;
  digest(encoding?: BufferEncoding): Buffer | string {
    const bytes = Buffer.from(this.sum.digest());
    return encoding ? bytes.toString(encoding) : bytes;
  }
}

/** @throws for any other algorithm than SHA-256 */
export function createHash(algorithm: string): Hash {
  if (algorithm !== "sha256") throw new Error(`Expected sha256 in a browser, got ${algorithm}`);
  return new Hash();
}

export function randomBytes(length: number): Buffer {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(length)));
}

function bytesOf(data: Data): Uint8Array {
  if (typeof data === "string") return new TextEncoder().encode(data);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
