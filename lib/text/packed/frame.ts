/** What a Zstandard frame holds, block by block, and whether it is what was packed. */
import { Decompress } from "fzstd";
import { largestBlock, plainHeader, type FrameHeader } from "./header";
import { Xxh64 } from "./xxh64";

/** How far back a frame may look that holds more than that: the zstd program has the same limit. */
const widestWindow = 2 ** 27;

export class Frame {
  private readonly unpacked: Uint8Array[] = [];
  private fzstd: Decompress | undefined;
  private readonly hash = new Xxh64();
  private size = 0;

  /** @throws where more would have to be kept of what it holds than is kept */
  constructor(private readonly header: FrameHeader) {
    if ((header.contentSize ?? 0) > widestWindow) this.checkWindow();
  }

  /**
   * @param block with its header
   * @returns what this block, or some small ones before it, hold
   * @throws where that cannot be
   */
  unpack(block: Uint8Array, isLast: boolean): readonly Uint8Array[] {
    try {
      this.fzstd ??= this.begun(isLast ? largestBlock : Infinity);
      this.fzstd.push(block, isLast);
    } catch (error) {
      throw new Error(`is damaged: ${(error as Error).message}`, { cause: error });
    }
    const pieces = this.unpacked.splice(0);
    for (const piece of pieces) {
      this.size += piece.length;
      if (this.header.hasChecksum) this.hash.update(piece);
    }
    if (this.size > widestWindow) this.checkWindow();
    const { contentSize = Infinity } = this.header;
    if (this.size > contentSize || (isLast && this.size < contentSize && contentSize < Infinity))
      throw new Error(`is damaged: it holds other than the ${contentSize} bytes that it tells of`);
    return pieces;
  }

  /**
   * @param checksum the number behind the last block
   * @throws where it is not that of what was unpacked
   */
  check(checksum: number): void {
    if (Number(this.hash.digest() & 0xffffffffn) !== checksum)
      throw new Error("is damaged: its checksum is not that of what it holds");
  }

  /** @param most that the frame can hold */
  private begun(most: number): Decompress {
    const { window, contentSize = Infinity } = this.header;
    const fzstd = new Decompress((piece) => piece.length > 0 && this.unpacked.push(piece));
    // Its header has no sizes and no checksum: it believes none, and waits for none.
    fzstd.push(plainHeader(Math.min(window, widestWindow, contentSize, most)));
    return fzstd;
  }

  private checkWindow(): void {
    const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`;
    if (this.header.window > widestWindow)
      throw new Error(
        `looks back over a window of ${megabytes(this.header.window)}, which is more than ${megabytes(widestWindow)}: ` +
          "pack it again with zstd -19, without --long",
      );
  }
}
