/**
 * Observable Plot and a document for it to draw in, where there is no browser. Both are loaded with the first picture, and
 * their types not at all: that takes 0.65 s of computing time off the first import of a notebook (tslab 1.0.22).
 */
import { createRequire } from "node:module";

/** What is used of Plot; its documentation tells the options. */
interface Plot {
  plot(options: { marks: readonly Mark[]; [option: string]: unknown }): Drawing;
  lineY(data: readonly object[], options: MarkOptions): Mark;
  dot(data: readonly object[], options: MarkOptions): Mark;
  barX(data: readonly object[], options: MarkOptions): Mark;
  text(data: readonly object[], options: MarkOptions): Mark;
  gridX(options: MarkOptions): Mark;
  gridY(options: MarkOptions): Mark;
  ruleX(data: readonly number[], options: MarkOptions): Mark;
  ruleY(data: readonly number[], options: MarkOptions): Mark;
}

type Mark = object;
type MarkOptions = Record<string, string | number>;

/** What is used of an SVG element that Plot makes. */
export interface Drawing {
  readonly outerHTML: string;
  setAttribute(name: string, value: string): void;
  querySelectorAll(selector: string): Iterable<{ remove(): void }>;
}

let loaded: { readonly Plot: Plot; readonly document: unknown } | undefined;

/** Plot, and the document that it takes as an option. */
export function loadPlot(): { readonly Plot: Plot; readonly document: unknown } {
  if (!loaded) {
    const load = createRequire(__filename);
    const { parseHTML } = load("linkedom") as { parseHTML(html: string): { document: unknown } };
    loaded = { Plot: load("@observablehq/plot") as Plot, document: parseHTML("<html></html>").document };
  }
  return loaded;
}
