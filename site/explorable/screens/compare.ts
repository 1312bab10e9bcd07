/** The fourth screen: the bet beside what happened. */
import { button, element } from "../../../web/view/elements";
import { begunAt, copiedOf, longestOwn, nameOf, outcome, titleOf, verdict, type Run } from "../run";
import { copiedFrom, mostReadings } from "../settings";
import { ownHue, type Story } from "../story";
import { LineChart } from "../view/line-chart";
import { choices, percent } from "../view/numbers";
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
    title: "copied from you and the books",
    across: "readings",
    format: percent,
  });

  constructor(
    private readonly story: Story,
    done: () => void,
  ) {
    button("to-inside", done);
  }

  /** The newest run, and the newest bet. */
  show(): void {
    const run = this.story.lookedAt.at(-1)!;
    const { bet, looks } = run;
    const begun = begunAt(run);
    const told = this.verdictOn(run);
    element("compared-run", HTMLParagraphElement).textContent = titleOf(run);
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
        { y: copiedFrom, label: `${copiedFrom}: copying`, color: "--faintInk" },
        ...(bet === undefined || bet === "never" ? [] : [{ x: bet, label: "your bet", color: "--faintInk" }]),
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
      ["Readings", "Seconds", "Wavers between letters", "Longest passage of yours", "Copied in all"],
      looks.map(({ readings, seconds, loss, samples }) => [
        String(Math.round(readings)),
        seconds.toFixed(0),
        Number.isFinite(loss) ? choices(loss).toFixed(1) : "–",
        String(longestOwn(samples)),
        percent(copiedOf(samples)),
      ]),
    );
  }

  private verdictOn(run: Run): string {
    if (run.bet !== undefined) return verdict(run.bet, run);
    const how = begunAt(run) ? "began to copy" : "did not copy";
    const told = `${nameOf(run)} ${how} you: ${outcome(run)}.`;
    const betOn = [...this.story.lookedAt].reverse().find(({ bet }) => bet !== undefined);
    if (!betOn) return told;
    return `${told} Your bet was on run ${betOn.number + 1}. ${verdict(betOn.bet!, betOn)}`;
  }
}
