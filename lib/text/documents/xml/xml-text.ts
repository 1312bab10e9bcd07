/** The characters of an XML file, in the encoding that it says: UTF-8 or UTF-16 mostly. */
import { decoderOf } from "../../encoding/decoder";
import { labelOf } from "../../encoding/names";

export function xmlText(bytes: Uint8Array): string {
  const label = labelIn(bytes);
  const decoder = decoderOf(label);
  return (decoder.read(bytes) + decoder.read()).replace(/^\ufeff/, "");
}

function labelIn(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return "utf-16be";
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  const said = /^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]+)/.exec(head)?.[1];
  const label = labelOf(said ?? "utf-8");
  return label === undefined || label.startsWith("utf-16") ? "utf-8" : label;
}
