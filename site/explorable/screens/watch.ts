/** The third screen: the network while it reads. */
import { button, element } from "../../../web/view/elements";
import type { Look } from "../messages";
import { begunAt, copiedOf, longestOwn, times, type Run } from "../run";
import { mostReadings } from "../settings";
import { ownHue, type Story } from "../story";
import { showLegend } from "../view/legend";
import { LineChart } from "../view/line-chart";
import { percent } from "../view/numbers";
import { showSample } from "../view/sample";

const loss = (nats: number) => nats.toFixed(2);

/** Milliseconds that a sample stays: longer when it is the first that copies. */
const pauses = {
  usual: matchMedia("(prefers-reduced-motion: reduce)").matches ? 2000 : 700,
  begun: 2500,
};

export class WatchScreen {
  private readonly sheets = ["sheet-own", "sheet-free"].map((id) => element(id, HTMLDivElement));
  private readonly progress = element("progress", HTMLParagraphElement);
  private readonly news = element("news", HTMLParagraphElement);
  private readonly known = element("known", HTMLParagraphElement);
  private readonly onward: HTMLButtonElement;
  private readonly stopping: HTMLButtonElement;
  private readonly charts = {
    longest: chart("chart-longest", "longest passage of yours, characters", String),
    copied: chart("chart-copied", "copied, of what it writes", percent),
    loss: chart("chart-loss", "loss, nats a character", loss),
  };
  private hasBegun = false;
  /** When what it writes may change, in milliseconds of the page. */
  private next = 0;

  constructor(
    private readonly story: Story,
    { done, stop }: { readonly done: () => void; readonly stop: () => void },
  ) {
    this.onward = button("to-compare", done);
    this.stopping = button("stop", stop);
  }

  /** A run has begun. */
  begin(): void {
    const { texts, own, sources, runs } = this.story;
    this.hasBegun = false;
    this.next = 0;
    this.onward.disabled = true;
    this.onward.textContent = runs.length > 1 ? "Compare the runs" : "And your bet?";
    this.stopping.hidden = false;
    this.news.textContent = "It has read nothing yet, and writes by chance.";
    showLegend(element("legend", HTMLUListElement), sources);
    this.known.replaceChildren(
      ...[...texts[own].content.trimEnd()].map((letter) => {
        const span = document.createElement("span");
        span.textContent = letter;
        return span;
      }),
    );
  }

  /** What is newest of the run; what it writes changes only so often that one can read it. */
  look(run: Run): void {
    const look = run.looks[run.looks.length - 1];
    this.tellProgress(look);
    this.draw(run);
    const begun = begunAt(run);
    const begins = begun !== undefined && !this.hasBegun;
    if (begins) this.tellBegun(begun);
    if (!begins && performance.now() < this.next) return;
    this.showLook(look);
    this.next = performance.now() + (begins ? pauses.begun : pauses.usual);
  }

  private showLook({ samples, known }: Look): void {
    samples.forEach((sample, index) => showSample(this.sheets[index], sample, this.story.sources));
    const spans = this.known.children as HTMLCollectionOf<HTMLElement>;
    known.forEach((probability, index) => spans[index]?.style.setProperty("--sure", probability.toFixed(2)));
  }

  end(run: Run, stopped: boolean): void {
    this.showLook(run.looks[run.looks.length - 1]);
    this.onward.disabled = false;
    if (document.activeElement === this.stopping) this.onward.focus();
    this.stopping.hidden = true;
    const begun = begunAt(run);
    const how = stopped ? "It has stopped." : `It has read everything ${mostReadings} times.`;
    this.news.textContent = begun
      ? `${how} It began to copy you after ${times(Math.round(begun.readings))}.`
      : `${how} It has not copied you.`;
  }

  private tellBegun(begun: Look): void {
    this.hasBegun = true;
    this.onward.disabled = false;
    const length = longestOwn(begun.samples);
    this.news.textContent = `There: ${length} characters of yours, letter for letter, after ${times(Math.round(begun.readings))}.`;
  }

  private tellProgress({ readings, seconds, loss: nats }: Look): void {
    const figures = [
      [Math.round(readings), readings === 1 ? "reading" : "readings"],
      [Math.round(seconds), "seconds"],
      ...(Number.isFinite(nats) ? [[loss(nats), "loss"]] : []),
    ];
    this.progress.replaceChildren(
      ...figures.map(([value, unit]) => {
        const figure = document.createElement("span");
        const number = document.createElement("b");
        number.textContent = String(value);
        figure.append(number, ` ${unit}`);
        return figure;
      }),
    );
  }

  private draw({ looks }: Run): void {
    const { bet, runs } = this.story;
    const points = (y: (look: Look) => number) => looks.map((look) => [look.readings, y(look)] as const);
    const marks =
      bet === "never" || runs.length > 1 ? [] : [{ x: bet, label: "your bet", color: "--faintInk" }];
    const last = looks[looks.length - 1];
    const color = `--line-${ownHue}`;
    this.charts.longest.show({
      series: [{ color, bars: true, points: points(({ samples }) => longestOwn(samples)) }],
      marks,
      mostX: mostReadings,
      mostY: Math.max(40, ...looks.map(({ samples }) => longestOwn(samples))),
      told: `The longest passage of your paragraph has ${longestOwn(last.samples)} characters.`,
    });
    this.charts.copied.show({
      series: [{ color: "--ink", points: points(({ samples }) => copiedOf(samples)) }],
      mostX: mostReadings,
      mostY: 1,
      told: `${percent(copiedOf(last.samples))} of what it writes is copied.`,
    });
    this.charts.loss.show({
      series: [{ color: "--paint-0", points: points((look) => look.loss) }],
      mostX: mostReadings,
      told: `The loss is ${loss(last.loss)} nats a character.`,
    });
  }
}

function chart(id: string, title: string, format: (y: number) => string): LineChart {
  return new LineChart(element(id, SVGSVGElement), { height: 124, title, format, across: "readings" });
}
