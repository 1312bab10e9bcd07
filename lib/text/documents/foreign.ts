/** Files that hold no words that can be read here, told apart so that a refusal can say what they are. */
import type { Refusal } from "./refuse";

const decoder = new TextDecoder("windows-1252");

/** What Microsoft's older files hold, by the names of their streams in UTF-16. */
export function kindOfOle(bytes: Uint8Array): Refusal {
  const all = decoder.decode(bytes);
  const has = (name: string) => all.includes([...name].join("\0"));
  if (has("EncryptedPackage")) return "locked";
  if (has("WordDocument")) return "oldWord";
  if (has("Workbook")) return "sheet";
  return has("PowerPoint Document") ? "slides" : "other";
}

export function kindOfForeign(bytes: Uint8Array): Refusal {
  return /BOOKMOBI|TEXtREAd|^\xeaDRMION|^CONT/.test(decoder.decode(bytes.subarray(0, 128)))
    ? "kindle"
    : "other";
}
