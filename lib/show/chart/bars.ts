/** Bars in a notebook or a terminal: a picture (`bar-chart.ts`), or words. */
import { display } from "../notebook";
import { barChart } from "./bar-chart";
import { type BarChart, barsInWords } from "./bars-in-words";
import { image } from "./svg";

/**
 * Shows bars in a notebook, or prints them.
 *
 * @example showBars({ title: "A step", unit: "ms", parts: ["forward", "back"], bars: [{ label: "fused", values: [12, 30] }] })
 */
export function showBars(chart: BarChart): void {
  display({ "text/html": image(barChart(chart), barsInWords(chart)), "text/plain": barsInWords(chart) });
}
