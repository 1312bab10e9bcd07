/** Bars of a step, with what has to be escaped in their words. */
import type { BarChart } from "../../../lib/show/chart/bars-in-words";

export const chart: BarChart = {
  title: "A step <of two>",
  unit: "ms",
  parts: ["forward", "back & Adam"],
  bars: [
    { label: "fused", values: [12, 30] },
    { label: "reference", values: [200, 1034.4] },
  ],
};
