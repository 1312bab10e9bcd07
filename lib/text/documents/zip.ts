/**
 * The files in a ZIP archive (PKWARE's APPNOTE 6.3, 4.3). fflate unpacks them; it looks at no checksum and takes every size on
 * trust, which is seen to here.
 */
import { buf as crc32 } from "crc-32";
import { inflateSync } from "fflate";
import { Refused } from "./refuse";
import { entriesOf, type Entry } from "./zip-directory";

/** Bytes that a document may have, and that its texts may unpack to: a small file that unpacks to gigabytes is refused. */
export const mostBytes = 2 ** 28;

const fileHeader = 0x04034b50;

export class Zip {
  private readonly entries: ReadonlyMap<string, Entry>;
  private readonly view: DataView;
  /** Bytes that were unpacked. */
  private unpacked = 0;

  /** @throws Refused where its directory is damaged */
  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    try {
      this.entries = entriesOf(this.view);
    } catch (error) {
      throw new Refused("damaged", { cause: error });
    }
  }

  get names(): string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /**
   * The bytes of a file.
   *
   * @throws Refused where there is none, or it is damaged, locked or more than is read at once
   */
  read(name: string): Uint8Array {
    const entry = this.entries.get(name);
    if (!entry) throw new Refused("damaged");
    if (entry.isLocked) throw new Refused("locked");
    if ((this.unpacked += entry.size) > mostBytes) throw new Refused("tooLarge");
    let content: Uint8Array;
    try {
      content = this.unpack(entry);
    } catch (error) {
      throw new Refused("damaged", { cause: error });
    }
    if (content.length !== entry.size || crc32(content) !== entry.checksum) throw new Refused("damaged");
    return content;
  }

  private unpack({ at, method, packed, size }: Entry): Uint8Array {
    if (this.view.getUint32(at, true) !== fileHeader) throw new Error("no file begins where it should");
    const start = at + 30 + this.view.getUint16(at + 26, true) + this.view.getUint16(at + 28, true);
    const content = this.bytes.subarray(start, start + packed);
    if (content.length < packed) throw new Error("a file breaks off");
    if (method === 0) return content;
    if (method !== 8) throw new Error("it is packed in another way than by deflate");
    // With a byte more than it should have, so that more is not taken for as much.
    return inflateSync(content, { out: new Uint8Array(size + 1) });
  }
}
