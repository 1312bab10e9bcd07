/** The directory at the end of a ZIP archive: which files it has, and where (PKWARE's APPNOTE 6.3, 4.3.12 and 4.3.16). */

/** A file of an archive. */
export interface Entry {
  readonly isLocked: boolean;
  readonly method: number;
  readonly checksum: number;
  /** Bytes, packed and unpacked, as the directory says. */
  readonly packed: number;
  readonly size: number;
  /** Where its own header is. */
  readonly at: number;
}

const entryHeader = 0x02014b50;
const endHeader = 0x06054b50;

/**
 * The files of an archive, by their names.
 *
 * @throws where the directory is damaged
 */
export function entriesOf(view: DataView): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  let end = view.byteLength - 22;
  while (end >= 0 && view.getUint32(end, true) !== endHeader) end--;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index++) {
    if (view.getUint32(at, true) !== entryHeader) throw new Error("its directory is not where it should be");
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const bytes = new Uint8Array(view.buffer, view.byteOffset + at + 46, name);
    entries.set(new TextDecoder().decode(bytes), {
      isLocked: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      checksum: view.getInt32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at += 46 + name + extra + comment;
  }
  return entries;
}
