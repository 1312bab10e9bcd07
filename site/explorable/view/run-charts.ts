/** A run while it goes on, as three small charts: what it copies of the visitor, what it copies in all, how well it predicts. */
import { element } from "../../../web/view/elements";
import type { Look } from "../messages";
import { copiedOf, longestOwn, longestSoFar, type Run } from "../run";
import { mostReadings } from "../settings";
import { ownHue } from "../story";
import { LineChart } from "./line-chart";
import { choices, percent } from "./numbers";

const letters = (nats: number) => choices(nats).toFixed(1);

export class RunCharts {
  private readonly longest = chart("chart-longest", "longest passage of yours, characters", String);
  private readonly copied = chart("chart-copied", "copied from you and the books", percent);
  private readonly loss = chart("chart-loss", "between how many letters it wavers", letters);

  /** The bet is marked where there is one. */
  show({ looks, bet }: Run): void {
    const points = (y: (look: Look) => number) => looks.map((look) => [look.readings, y(look)] as const);
    const last = looks[looks.length - 1];
    this.longest.show({
      series: [
        { color: `--line-${ownHue}`, bars: true, points: points(({ samples }) => longestOwn(samples)) },
      ],
      marks: bet === undefined || bet === "never" ? [] : [{ x: bet, label: "your bet", color: "--faintInk" }],
      mostX: mostReadings,
      mostY: Math.max(40, ...looks.map(({ samples }) => longestOwn(samples))),
      told: `The longest passage of your paragraph so far has ${longestSoFar({ looks }).at(-1)} characters.`,
    });
    this.copied.show({
      series: [{ color: "--ink", points: points(({ samples }) => copiedOf(samples)) }],
      mostX: mostReadings,
      mostY: 1,
      told: `${percent(copiedOf(last.samples))} of what it writes is copied.`,
    });
    this.loss.show({
      series: [{ color: "--paint-0", points: points((look) => look.loss) }],
      mostX: mostReadings,
      told: Number.isFinite(last.loss) ? `It wavers between ${letters(last.loss)} letters.` : "No guess yet.",
    });
  }
}

function chart(id: string, title: string, format: (y: number) => string): LineChart {
  return new LineChart(element(id, SVGSVGElement), { height: 112, title, format, across: "readings" });
}
