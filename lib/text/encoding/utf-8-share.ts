/** Whether bytes are UTF-8, and if not, how much of them. */
import { isAscii } from "node:buffer";
import { sequenceAt, WholeCharacters } from "./utf-8";

export class Utf8Share {
  /** How much speaks for UTF-8: of a character beyond ASCII, its bytes less one. */
  evidence = 0;
  /** Places that are no UTF-8. */
  bad = 0;
  private readonly characters = new WholeCharacters();

  add(chunk?: Uint8Array): void {
    const bytes = this.characters.next(chunk);
    if (isAscii(bytes)) return;
    for (let at = 0; at < bytes.length;) {
      const length = bytes[at] < 0x80 ? 1 : sequenceAt(bytes, at);
      if (length < 0) this.bad++;
      else this.evidence += length - 1;
      at += Math.abs(length);
    }
  }
}
