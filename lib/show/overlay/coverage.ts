/** Where in a sample the copies lie, as a strip: the sample at a glance, and the only sight of a long one as a whole. */
import { lineColor } from "../style/palette";
import { rule } from "../style/themes";
import type { CutTrace } from "./labelled";

/** Steps of the strip; a copy shorter than one is still seen where it lies in the middle of one. */
const steps = 250;

/** The sample from its beginning at the left to its end at the right; "" where nothing is copied. */
export function coverage({ trace: { sample, passages }, pieces }: CutTrace): string {
  if (passages.length === 0) return "";
  const runs: { color: string; length: number }[] = [];
  let piece = 0;
  for (let step = 0; step < steps; step++) {
    while (pieces[piece].end <= ((step + 0.5) * sample.length) / steps) piece++;
    const [passage] = pieces[piece].passages;
    const color = passage ? lineColor(passage.sources[0].text) : rule;
    if (runs.at(-1)?.color === color) runs[runs.length - 1].length++;
    else runs.push({ color, length: 1 });
  }
  const cells = runs.map(
    ({ color, length }) => `<div style="flex:${length} 1 0%;background:${color}"></div>`,
  );
  return `<div style="${strip}">${cells.join("")}</div>`;
}

const strip = "display:flex;height:6px;border-radius:3px;overflow:hidden;margin:0 0 14px";
