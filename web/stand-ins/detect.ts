/**
 * Stands for `lib/text/encoding/detect.ts` in a page, where the detector that knows more would be 0.7 MB: this one
 * takes Mac Roman for Windows-1252.
 */
import { detect } from "chardet";
import { labelOf } from "../../lib/text/encoding/names";

export function detected(bytes: Uint8Array): string {
  return labelOf(detect(bytes) ?? "") ?? "windows-1252";
}
