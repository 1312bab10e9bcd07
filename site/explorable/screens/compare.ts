/** The fourth screen: the bet beside what happened. */
import { button, element } from "../../../web/view/elements";
import { begunAt, copiedOf, longestOwn, verdict } from "../run";
import { copiedFrom, mostReadings } from "../settings";
import { ownHue, type Story } from "../story";
import { LineChart } from "../view/line-chart";
import { percent } from "../view/numbers";
import { showTable } from "../view/table";

export class CompareScreen {
  private readonly longest = new LineChart(element("chart-bet", SVGSVGElement), {
    height: 260,
    title: "longest passage of yours, characters",
    across: "readings",
    format: String,
  });
  private readonly share = new LineChart(element("chart-share", SVGSVGElement), {
    height: 140,
    title: "copied, of what it writes, from you and all books",
    across: "readings",
    format: percent,
  });

  constructor(
    private readonly story: Story,
    done: () => void,
  ) {
    button("to-inside", done);
  }

  /** Of the first run, on which the bet was made. */
  show(): void {
    const { bet, runs } = this.story;
    const [{ looks }] = runs;
    const begun = begunAt(runs[0]);
    const told = verdict(bet, begun);
    element("verdict", HTMLParagraphElement).textContent = told;
    this.longest.show({
      series: [
        {
          color: `--line-${ownHue}`,
          bars: true,
          points: looks.map(({ readings, samples }) => [readings, longestOwn(samples)]),
        },
      ],
      marks: [
        { y: copiedFrom, label: "from here on it is copied", color: "--faintInk" },
        ...(bet === "never" ? [] : [{ x: bet, label: "your bet", color: "--faintInk" }]),
        ...(begun ? [{ x: begun.readings, label: "it begins", color: `--line-${ownHue}` }] : []),
      ],
      mostX: mostReadings,
      mostY: Math.max(2 * copiedFrom, ...looks.map(({ samples }) => longestOwn(samples))),
      told,
    });
    this.share.show({
      series: [
        { color: "--ink", points: looks.map(({ readings, samples }) => [readings, copiedOf(samples)]) },
      ],
      mostX: mostReadings,
      mostY: 1,
      told: `In the end ${percent(copiedOf(looks[looks.length - 1].samples))} of what it writes is copied.`,
    });
    showTable(
      element("numbers", HTMLTableElement),
      ["Readings", "Seconds", "Loss", "Longest passage of yours", "Copied in all"],
      looks.map(({ readings, seconds, loss, samples }) => [
        readings.toFixed(1),
        seconds.toFixed(0),
        Number.isFinite(loss) ? loss.toFixed(2) : "–",
        String(longestOwn(samples)),
        percent(copiedOf(samples)),
      ]),
    );
  }
}
