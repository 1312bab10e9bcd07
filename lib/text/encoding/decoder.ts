/** Bytes of a known encoding as characters, piece by piece. Wherever the pieces are cut, the characters are the same. */
import type { CharacterDecoder } from "./character-decoder";
import { joined } from "../../base/joined-bytes";
import { Utf8Decoder } from "./utf-8-decoder";
import { WideDecoder } from "./wide";

/** @param label see `names.ts` */
export function decoderOf(label: string): CharacterDecoder {
  if (label === "utf-8") return new Utf8Decoder();
  if (/^utf-(16|32)[lb]e$/.test(label)) return new WideDecoder(label);
  return new LegacyDecoder(label);
}

/** Bytes that `TextDecoder` takes at once. With others, of what is broken it may make other characters. */
const blockLength = 2 ** 16;

/** The encodings of before Unicode. */
class LegacyDecoder implements CharacterDecoder {
  readonly bad: number[] = [];
  private held: Uint8Array = new Uint8Array(0);
  private readonly decoder: InstanceType<typeof TextDecoder>;

  constructor(label: string) {
    this.decoder = new TextDecoder(label, { ignoreBOM: true });
  }

  // As a stream, for at once Node.js 20 reads Windows-1252 as if it were Latin-1: without its quotes and dashes.
  read(chunk?: Uint8Array): string {
    const bytes = chunk ? joined(this.held, chunk) : this.held;
    let text = "";
    let at = 0;
    for (; at + blockLength <= bytes.length; at += blockLength)
      text += this.decoder.decode(bytes.subarray(at, at + blockLength), { stream: true });
    this.held = bytes.slice(at);
    if (!chunk) {
      text += this.decoder.decode(this.held, { stream: true }) + this.decoder.decode();
      this.held = new Uint8Array(0);
    }
    this.bad.length = 0;
    for (let place = text.indexOf("\ufffd"); place >= 0; place = text.indexOf("\ufffd", place + 1))
      this.bad.push(place);
    return text;
  }
}
