/** An overlay as a page of its own, in one file that can be sent to anybody. */
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { writeWhole } from "../../base/files/atomic-write";
import type { Trace } from "../../trace/trace";
import { bookData } from "./book-data";
import { labelledTraces, type LabelledTrace } from "../overlay/labelled";
import { filterScript, overlay } from "../overlay/overlay";
import { page } from "./page";
import { groundColor, hueCount } from "../style/palette";
import { themed } from "./themed";
import { hidden } from "../style/visible";

export interface SaveOverlayOptions {
  /** The heading of the page (default: "A sample and its sources"). */
  readonly title?: string;
  /** How many characters of a book are shown on each side of a passage, 240; fewer where there are thousands of passages. */
  readonly around?: number;
}

/**
 * Writes an overlay to an HTML file that needs no other file, no server and no network. It can be read without a script;
 * with one, the legend filters, and every passage is shown in its books. It follows the reader's light or dark theme.
 *
 * @param file its folder is made where there is none; a file of that name is replaced once the new one is whole
 * @example await saveOverlay(trace(sample, library.texts), "data/sample.html", { title: "After 2,000 iterations" })
 */
export async function saveOverlay(
  traces: Trace | readonly LabelledTrace[],
  file: string,
  options: SaveOverlayOptions = {},
): Promise<void> {
  await writeWhole(file, (part) => writeFile(part, overlayPage(traces, options)));
}

/** What `saveOverlay` writes. */
export function overlayPage(
  traces: Trace | readonly LabelledTrace[],
  { title = "A sample and its sources", around = 240 }: SaveOverlayOptions = {},
): string {
  const all = labelledTraces(traces).map(({ trace }) => trace);
  return page({
    title,
    body: overlay(traces, { around, scripted: true, pictured: false, room: Infinity }),
    css: walkCss,
    scripts: [filterScript(), walkScript],
    data: { ...bookData(all, around), hidden: hidden.source },
  });
}

export const walkScript = readFileSync(path.join(__dirname, "walk-in-page.cjs"), "utf8");

const books = Array.from({ length: hueCount }, (_, hue) => {
  return `.book-${hue} { background: ${themed(groundColor(hue, 100))} }`;
});

/** The pane in which passages are read, at the foot of the page or, where there is room, beside it. */
export const walkCss = `
main > div:last-of-type { border: 0; padding: 0; max-width: none; }
figure mark { cursor: pointer; }
figure mark[data-now] { background: var(--ink) !important; color: var(--paper) !important; }
[data-hint] { color: var(--faintInk); font-size: 13px; margin: 0 0 16px; }
#books { position: fixed; inset: auto 0 0 0; max-height: 38vh; display: flex; flex-direction: column; box-sizing: border-box;
  padding: 10px 16px; background: var(--paper); border-top: 1px solid var(--rule); box-shadow: 0 -4px 16px #0002; font-size: 13px; }
#books > div:first-child { display: flex; gap: 6px; align-items: center; }
#books [role=status] { flex: 1; color: var(--faintInk); }
#books > div:last-child { overflow: auto; }
#books p { margin: 12px 0 4px; }
#books blockquote { margin: 0; font: 15px/1.6 Georgia, 'Times New Roman', serif; white-space: pre-wrap; overflow-wrap: break-word; }
#books mark { color: var(--ink); padding: 1px 0; }
${books.join("\n")}
@media (min-width: 1180px) {
  body:has(#books:not([hidden])) main { margin-left: max(16px, calc(50vw - 580px)); }
  #books { inset: 0 0 0 auto; width: calc(100vw - max(16px, 50vw - 580px) - 830px); max-height: none; border: 0;
    border-left: 1px solid var(--rule); box-shadow: none; padding: 28px 20px; }
}
`;
