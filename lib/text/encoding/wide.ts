/** UTF-16 and UTF-32. Where no byte order mark tells of them, `unmarked.ts` does. */
import type { CharacterDecoder } from "./character-decoder";
import { joined } from "../../base/joined-bytes";

export class WideDecoder implements CharacterDecoder {
  readonly bad: number[] = [];
  private held: Uint8Array = new Uint8Array(0);
  /** A first half of a pair, which its second may follow; or 0. */
  private first = 0;
  private readonly width: 2 | 4;
  private readonly isLittle: boolean;
  private units = new Uint16Array(0);
  private end = 0;

  /** @param label "utf-16le", "utf-16be", "utf-32le" or "utf-32be" */
  constructor(label: string) {
    this.width = label.startsWith("utf-16") ? 2 : 4;
    this.isLittle = label.endsWith("le");
  }

  read(chunk?: Uint8Array): string {
    const bytes = chunk ? joined(this.held, chunk) : this.held;
    const whole = bytes.length - (bytes.length % this.width);
    // A unit or code point gives two units at most; a half and a rest at the end, one each.
    this.units = new Uint16Array((whole / this.width) * 2 + 2);
    this.end = 0;
    this.bad.length = 0;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < whole; at += this.width) {
      if (this.width === 2) this.unit(view.getUint16(at, this.isLittle));
      else this.point(view.getUint32(at, this.isLittle));
    }
    this.held = bytes.slice(whole);
    if (!chunk) {
      if (this.first > 0) this.isBad();
      if (this.held.length > 0) this.isBad();
    }
    return Buffer.from(this.units.buffer).toString("utf16le", 0, 2 * this.end);
  }

  private unit(unit: number): void {
    const isSecond = unit >= 0xdc00 && unit < 0xe000;
    if (this.first > 0) {
      if (isSecond) this.units[this.end++] = this.first;
      else this.isBad();
    } else if (isSecond) return this.isBad();
    this.first = unit >= 0xd800 && unit < 0xdc00 ? unit : 0;
    if (this.first === 0) this.units[this.end++] = unit;
  }

  private point(point: number): void {
    if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return this.isBad();
    if (point > 0xffff) this.units[this.end++] = 0xd800 + ((point - 0x10000) >> 10);
    this.units[this.end++] = point > 0xffff ? 0xdc00 + ((point - 0x10000) & 0x3ff) : point;
  }

  private isBad(): void {
    this.bad.push(this.end);
    this.units[this.end++] = 0xfffd;
  }
}
