/** The third screen: the network while it reads. */
import { button, element } from "../../../web/view/elements";
import type { Look } from "../messages";
import { begunAt, sureOfOwn, times, titleOf, type Run } from "../run";
import { mostReadings } from "../settings";
import { Stages, stages } from "../stage";
import type { Story } from "../story";
import { showLegend } from "../view/legend";
import { percent } from "../view/numbers";
import { RunCharts } from "../view/run-charts";
import { showSample } from "../view/sample";

/** Milliseconds that a sample stays: longer when it is the first that copies. */
const pauses = {
  usual: matchMedia("(prefers-reduced-motion: reduce)").matches ? 2000 : 700,
  begun: 2500,
};

export class WatchScreen {
  private readonly sheets = ["sheet-own", "sheet-free"].map((id) => element(id, HTMLDivElement));
  private readonly progress = element("progress", HTMLParagraphElement);
  private readonly news = element("news", HTMLParagraphElement);
  private readonly announced = element("announced", HTMLParagraphElement);
  private readonly known = element("known", HTMLParagraphElement);
  private readonly sure = element("known-told", HTMLElement);
  private readonly onward: HTMLButtonElement;
  private readonly stopping: HTMLButtonElement;
  private readonly charts = new RunCharts();
  private stages!: Stages;
  private hasBegun = false;
  /** The furthest stage that was announced: samples swing back and forth, and nobody wants to hear each. */
  private furthest = -1;
  /** When what it writes may change, in milliseconds of the page. */
  private next = 0;

  constructor(
    private readonly story: Story,
    private readonly hooks: {
      readonly done: () => void;
      readonly stop: () => void;
      /** The visitor may go on. */
      readonly ready: () => void;
    },
  ) {
    this.onward = button("to-compare", hooks.done);
    this.stopping = button("stop", hooks.stop);
    element("more-charts", HTMLDetailsElement).open = !matchMedia("(max-width: 760px)").matches;
  }

  /** A run has begun. */
  begin(run: Run): void {
    const { texts, sources, bet } = run;
    const { own } = this.story;
    this.stages = new Stages(texts, sources, own);
    this.furthest = -1;
    this.hasBegun = false;
    this.next = 0;
    this.onward.disabled = true;
    this.onward.textContent = bet === undefined ? "See all runs" : "And your bet?";
    this.stopping.hidden = false;
    element("watched-run", HTMLParagraphElement).textContent = titleOf(run);
    this.news.textContent = this.announced.textContent = this.sure.textContent = "";
    this.tellProgress({ readings: 0, seconds: 0 });
    for (const sheet of this.sheets) sheet.replaceChildren();
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
    this.charts.show(run);
    const begun = begunAt(run);
    const begins = begun !== undefined && !this.hasBegun;
    if (begins) this.mayGoOn();
    this.hasBegun = begun !== undefined;
    if (!begins && performance.now() < this.next) return;
    this.showLook(run, look);
    this.tellStage(look, begun);
    const pause = begins ? pauses.begun : look.readings > 0 ? pauses.usual : 0;
    this.next = performance.now() + pause;
  }

  private showLook({ sources }: Run, look: Look): void {
    look.samples.forEach((sample, index) => showSample(this.sheets[index], sample, sources));
    this.sure.textContent = `${percent(sureOfOwn(look))} sure`;
    const spans = this.known.children as HTMLCollectionOf<HTMLElement>;
    look.known.forEach((probability, index) =>
      spans[index]?.style.setProperty("--sure", probability.toFixed(2)),
    );
  }

  end(run: Run): void {
    this.showLook(run, run.looks[run.looks.length - 1]);
    this.mayGoOn();
    if (document.activeElement === this.stopping) this.onward.focus();
    this.stopping.hidden = true;
    const begun = begunAt(run);
    const how = run.state === "stopped" ? "It has stopped." : `It has read everything ${mostReadings} times.`;
    this.news.textContent = this.announced.textContent = begun
      ? `${how} It began to copy you after ${times(Math.round(begun.readings))}.`
      : `${how} It has not copied you.`;
  }

  private mayGoOn(): void {
    this.onward.disabled = false;
    this.hooks.ready();
  }

  private tellStage(look: Look, begun: Look | undefined): void {
    this.news.textContent = this.stages.inWords(look, begun);
    const stage = stages.indexOf(this.stages.of(look));
    if (stage <= this.furthest) return;
    this.furthest = stage;
    this.announced.textContent = this.news.textContent;
  }

  private tellProgress({ readings, seconds }: Pick<Look, "readings" | "seconds">): void {
    const figures = [
      [String(Math.round(readings)), Math.round(readings) === 1 ? "reading" : "readings"],
      [String(Math.round(seconds)), Math.round(seconds) === 1 ? "second" : "seconds"],
    ];
    this.progress.replaceChildren(
      ...figures.map(([value, unit]) => {
        const figure = document.createElement("span");
        const number = document.createElement("b");
        number.textContent = value;
        figure.append(number, ` ${unit}`);
        return figure;
      }),
    );
  }
}
