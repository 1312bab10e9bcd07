/** The last screen: what a visitor can turn, and what came of each run. */
import { button, element } from "../../../web/view/elements";
import type { Sample } from "../messages";
import {
  copiedOf,
  longestOwn,
  longestSoFar,
  mostOwn,
  nameOf,
  networkInWords,
  outcome,
  secondsOfWhole,
  sureOfOwn,
  times,
  titleOf,
  withLongestOwn,
  type Run,
} from "../run";
import { firstSettings, mostReadings, sizes, type Settings } from "../settings";
import { haveSameTexts, type Story } from "../story";
import { beforeReading } from "../view/before-reading";
import { LineChart } from "../view/line-chart";
import { daring, percent } from "../view/numbers";
import { showSample } from "../view/sample";
import { showTable } from "../view/table";

/** The dropout to try first. */
const suggested = 0.7;

export class ChangeScreen {
  private readonly dropout = element("dropout", HTMLInputElement);
  private readonly neurons = element("neurons", HTMLInputElement);
  private readonly temperature = element("temperature", HTMLInputElement);
  private readonly sheet = element("sheet-rewritten", HTMLDivElement);
  private readonly told = element("rewritten-told", HTMLParagraphElement);
  private readonly onward: HTMLButtonElement;
  /** The run that is to write again. */
  private readonly writer = element("writer", HTMLSelectElement);
  /** The temperature of the rewriting that was asked for last. */
  private asked = firstSettings.temperature;
  private readonly chart = new LineChart(element("chart-runs", SVGSVGElement), {
    height: 240,
    title: "longest passage of yours so far, characters",
    across: "readings",
    format: String,
  });

  constructor(
    private readonly story: Story,
    hooks: {
      readonly again: (settings: Settings) => void;
      readonly rewrite: (run: Run, temperature: number) => void;
    },
  ) {
    for (const knob of [this.dropout, this.neurons, this.temperature])
      knob.addEventListener("input", () => this.tellKnobs());
    this.onward = button("again", () => hooks.again(this.settings));
    button("rewrite", () => {
      this.asked = this.settings.temperature;
      hooks.rewrite(this.story.runs[Number(this.writer.value)], this.asked);
    });
    this.turn({ ...firstSettings, dropout: suggested });
  }

  /** The dials stand as a run has them; after one that was bet on, dropout is turned up, as a thing to try. */
  turnTo({ settings, bet }: Run): void {
    this.turn(bet === undefined ? settings : { ...settings, dropout: suggested });
  }

  show(): void {
    const runs = this.story.lookedAt;
    element("price", HTMLDivElement).hidden = runs.length < 2;
    element("writings", HTMLDivElement).replaceChildren(...runs.map((run) => writing(run)));
    this.writer.replaceChildren(
      ...runs.map((run) => new Option(`${nameOf(run)}: ${networkInWords(run)}`, String(run.number))),
    );
    this.writer.value = String(runs.at(-1)!.number);
    this.onward.disabled = this.story.missing !== "";
    this.tellKnobs();
    this.sheet.hidden = true;
    this.told.textContent = "";
    this.chart.show({
      series: runs.map((run) => ({
        color: `--paint-${run.number % 8}`,
        label: `run ${run.number + 1}`,
        points: longestSoFar(run).map((longest, at) => [run.looks[at].readings, longest]),
      })),
      mostX: mostReadings,
      mostY: Math.max(40, ...runs.flatMap(({ looks }) => looks.map(({ samples }) => longestOwn(samples)))),
      told: `The longest passage of yours ${runs.length === 1 ? "in one run" : `in each of ${runs.length} runs`}, which the table below tells in numbers.`,
    });
    const haveReadTheSame = haveSameTexts(runs);
    showTable(
      element("runs", HTMLTableElement),
      haveReadTheSame ? heads : [...heads, "What it read"],
      runs.map((run) => (haveReadTheSame ? rowOf(run) : [...rowOf(run), textsInWords(run)])),
    );
  }

  /** What it writes from the paragraph's first words at another temperature. */
  rewritten(run: Run, [sample]: readonly Sample[]): void {
    const { copied, longestOwn: longest } = sample;
    const ofYours = longest ? `${longest} characters of yours in a row` : "nothing of yours";
    this.told.textContent = `At temperature ${this.asked.toFixed(1)}, run ${run.number + 1} (${networkInWords(run)}) writes this: ${percent(copied)} is copied, ${ofYours}.`;
    this.sheet.hidden = false;
    showSample(this.sheet, sample, run.sources);
  }

  private turn({ dropout, neurons, temperature }: Settings): void {
    this.dropout.value = String(dropout);
    this.neurons.value = String(sizes.indexOf(neurons));
    this.temperature.value = String(temperature);
    this.tellKnobs();
  }

  private get settings(): Settings {
    return {
      dropout: this.dropout.valueAsNumber,
      neurons: sizes[this.neurons.valueAsNumber],
      temperature: this.temperature.valueAsNumber,
    };
  }

  private tellKnobs(): void {
    const { dropout, neurons, temperature } = this.settings;
    this.tellKnob(this.dropout, percent(dropout));
    this.tellKnob(this.neurons, `${neurons} cells`);
    this.tellKnob(this.temperature, `${temperature.toFixed(1)}, ${daring(temperature)}`);
    const { run, hasChangedTexts } = this.story;
    element("again-told", HTMLSpanElement).textContent = this.story.missing
      ? beforeReading(this.story)
      : `${beforeReading(this.story)} ${this.durationOf(neurons)}`;
    const what = hasChangedTexts ? "what you have chosen anew" : "the same again";
    element("change-told", HTMLParagraphElement).textContent =
      run && run.settings.dropout !== dropout
        ? `Dropout is turned ${dropout > run.settings.dropout ? "up" : "down"} to ${percent(dropout)}: let a fresh network read ${what}. Or turn something else.`
        : `Turn one thing, and let a fresh network read ${what}.`;
  }

  private tellKnob(knob: HTMLInputElement, words: string): void {
    element(`${knob.id}-told`, HTMLOutputElement).value = words;
    knob.setAttribute("aria-valuetext", words);
  }

  /** How long a run takes, by the newest one that had as many cells. */
  private durationOf(neurons: number): string {
    const alike = [...this.story.runs].reverse().filter(({ settings }) => settings.neurons === neurons);
    const seconds = alike.map(secondsOfWhole).find((one) => one !== undefined);
    return seconds === undefined ? "" : `${mostReadings} readings take about ${Math.ceil(seconds)} s.`;
  }
}

const heads = [
  "Run",
  "Size",
  "Dropout",
  "Temperature",
  "Began to copy you",
  "Longest of yours",
  "Sure of your letters",
  "Copied in the last sample",
];

/** What a run wrote where it copied most of the paragraph, or in the end. */
function writing(run: Run): HTMLElement {
  const look = mostOwn(run);
  const article = document.createElement("article");
  const [head, sheet] = ["h4", "div"].map((name) => document.createElement(name));
  head.textContent = `${titleOf(run)}, after ${times(Math.round(look.readings))}`;
  sheet.className = "sheet";
  showSample(sheet, look.samples[withLongestOwn(look.samples)], run.sources);
  article.append(head, sheet);
  return article;
}

function rowOf(run: Run): string[] {
  const { settings, looks } = run;
  const last = looks[looks.length - 1];
  return [
    String(run.number + 1),
    String(settings.neurons),
    percent(settings.dropout),
    settings.temperature.toFixed(1),
    outcome(run),
    String(longestSoFar(run).at(-1)),
    percent(sureOfOwn(last)),
    percent(copiedOf(last.samples)),
  ];
}

/** The beginning of the paragraph, and the books. */
function textsInWords({ texts: [own], sources: [, ...books] }: Run): string {
  return `“${own.content.slice(0, 20).trim()}…”, ${books.map(({ name }) => name).join(", ")}`;
}
