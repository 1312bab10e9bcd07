/** Reads UTF-8 of which some bytes may be broken: U+FFFD stands for these, and their places are told. */
import { isUtf8 } from "node:buffer";
import type { CharacterDecoder } from "./character-decoder";
import { sequenceAt, WholeCharacters } from "./utf-8";

export class Utf8Decoder implements CharacterDecoder {
  readonly bad: number[] = [];
  private readonly characters = new WholeCharacters();
  private readonly decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  read(chunk?: Uint8Array): string {
    this.bad.length = 0;
    const bytes = this.characters.next(chunk);
    return isUtf8(bytes) ? this.decoder.decode(bytes) : this.mended(bytes);
  }

  private mended(bytes: Uint8Array): string {
    const pieces: string[] = [];
    let [from, units] = [0, 0];
    for (let at = 0; at < bytes.length;) {
      const length = sequenceAt(bytes, at);
      if (length < 0) {
        const before = this.decoder.decode(bytes.subarray(from, at));
        pieces.push(before, "\ufffd");
        this.bad.push(units + before.length);
        units += before.length + 1;
        from = at - length;
      }
      at += Math.abs(length);
    }
    pieces.push(this.decoder.decode(bytes.subarray(from)));
    return pieces.join("");
  }
}
