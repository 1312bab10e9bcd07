/** The books as they lie beside the page: see `web/beside/pack.ts`. */
import { gunzipSync, strFromU8 } from "fflate";
import type { Text } from "../../lib/text/text";
import { bytesOf } from "../../web/beside/base64";

export const shelfFile = "books.js";

/** @throws where it is damaged */
export function unpackShelf(packed: string): Text[] {
  return JSON.parse(strFromU8(gunzipSync(bytesOf(packed, shelfFile)))) as Text[];
}
