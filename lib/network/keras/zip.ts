/** Parts of a zip file, each compared with its checksum and none larger than the file lets one expect. */
import { unzipSync } from "fflate";
import { BrokenFile, crc32, fetchAgain } from "../../base/files/checksum";

/** How many times as large as the whole file a part may be: weights hardly become smaller by being packed. */
const mostGrowth = 32;

/**
 * @param names of the parts that are wanted
 * @returns those that are there; undefined where it is no zip file
 * @throws BrokenFile where a part is not as it was written, or claims to be far larger than the file
 */
export function unzip(
  content: Uint8Array,
  names: readonly string[],
  file: string,
): Record<string, Uint8Array> | undefined {
  const most = mostGrowth * content.length + 2 ** 16;
  let tooLarge = "";
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(content, {
      filter: ({ name, originalSize }) => {
        if (names.includes(name) && originalSize > most) tooLarge = `${name} claims ${originalSize} bytes`;
        return names.includes(name) && !tooLarge;
      },
    });
  } catch {
    return undefined;
  }
  if (tooLarge) throw new BrokenFile(file, tooLarge, fetchAgain);
  const sums = sumsOf(content);
  for (const [name, bytes] of Object.entries(entries))
    if (sums.get(name) !== crc32(bytes)) throw new BrokenFile(file, `${name} in it is damaged`, fetchAgain);
  return entries;
}

/** The CRC-32 of each part, by the list at the end of the file (APPNOTE.TXT of PKWARE, 4.3.12 and 4.3.16). */
function sumsOf(content: Uint8Array): Map<string, number> {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const sums = new Map<string, number>();
  let end = content.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) return sums;
  let at = view.getUint32(end + 16, true);
  while (at + 46 <= end && view.getUint32(at, true) === 0x02014b50) {
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const bytes = content.subarray(at + 46, at + 46 + name);
    sums.set(new TextDecoder().decode(bytes), view.getUint32(at + 16, true));
    at += 46 + name + extra + comment;
  }
  return sums;
}
