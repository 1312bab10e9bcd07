/** A text as neurons read it that are drawn as rows of signs. */
import type { Activations } from "../../../lib/network/inside/activations";

/** A layer of neurons, each a row of signs: + is on, - on with the opposite sign, a dot is off. */
function read(text: string, ...rows: string[]): Activations {
  const layer = Float32Array.from({ length: text.length * rows.length }, (_, at) => {
    const sign = rows[at % rows.length][Math.floor(at / rows.length)];
    return sign === "+" ? 0.9 : sign === "-" ? -0.9 : 0.1;
  });
  return { tokens: [...text], neurons: rows.length, layers: [layer] };
}

export const example = read(
  "the sea, a sea",
  ".+++++........",
  "....+++....+++",
  "....---....--.",
  "--------------",
);
