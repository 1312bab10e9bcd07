/** The last screen: what a visitor can turn, and what came of each run. */
import { button, element } from "../../../web/view/elements";
import type { Sample } from "../messages";
import { begunAt, copiedOf, longestOwn, longestSoFar, sureOfOwn, type Run } from "../run";
import { firstSettings, mostReadings, sizes, type Settings } from "../settings";
import type { Story } from "../story";
import { LineChart } from "../view/line-chart";
import { percent } from "../view/numbers";
import { showSample } from "../view/sample";
import { showTable } from "../view/table";

export class ChangeScreen {
  private readonly dropout = element("dropout", HTMLInputElement);
  private readonly neurons = element("neurons", HTMLInputElement);
  private readonly temperature = element("temperature", HTMLInputElement);
  private readonly sheet = element("sheet-rewritten", HTMLDivElement);
  private readonly told = element("rewritten-told", HTMLParagraphElement);
  private readonly chart = new LineChart(element("chart-runs", SVGSVGElement), {
    height: 240,
    title: "longest passage of yours so far, characters",
    across: "readings",
    format: String,
  });

  constructor(
    private readonly story: Story,
    hooks: { readonly again: (settings: Settings) => void; readonly rewrite: (temperature: number) => void },
  ) {
    this.dropout.value = "0.7";
    this.neurons.value = String(sizes.indexOf(firstSettings.neurons));
    this.temperature.value = String(firstSettings.temperature);
    for (const knob of [this.dropout, this.neurons, this.temperature])
      knob.addEventListener("input", () => this.tellKnobs());
    button("again", () => hooks.again(this.settings));
    button("rewrite", () => hooks.rewrite(this.settings.temperature));
    this.tellKnobs();
  }

  show(): void {
    const runs = this.story.lookedAt;
    element("price", HTMLParagraphElement).hidden = runs.length < 2;
    this.sheet.hidden = true;
    this.told.textContent = "";
    this.chart.show({
      series: runs.map((run, index) => ({
        color: `--paint-${index % 8}`,
        label: `run ${index + 1}`,
        points: longestSoFar(run).map((longest, at) => [run.looks[at].readings, longest]),
      })),
      mostX: mostReadings,
      mostY: Math.max(40, ...runs.flatMap(({ looks }) => looks.map(({ samples }) => longestOwn(samples)))),
      told: `The longest passages of yours in ${runs.length} runs, which the table below tells in numbers.`,
    });
    showTable(
      element("runs", HTMLTableElement),
      [
        "Run",
        "Size",
        "Dropout",
        "Temperature",
        "Began after",
        "Longest of yours",
        "Sure of your letters",
        "Copied at the end",
      ],
      runs.map(rowOf),
    );
  }

  /** What it writes from the paragraph's first words at another temperature. */
  rewritten([sample]: readonly Sample[]): void {
    const { copied, longestOwn: longest } = sample;
    const ofYours = longest ? `${longest} characters of yours in a row` : "nothing of yours";
    this.told.textContent = `At temperature ${this.settings.temperature}: ${percent(copied)} is copied, ${ofYours}.`;
    this.sheet.hidden = false;
    showSample(this.sheet, sample, this.story.sources);
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
    element("dropout-told", HTMLOutputElement).value = percent(dropout);
    element("neurons-told", HTMLOutputElement).value = `${neurons} cells`;
    element("temperature-told", HTMLOutputElement).value = temperature.toFixed(1);
    this.neurons.setAttribute("aria-valuetext", `${neurons} cells`);
    this.dropout.setAttribute("aria-valuetext", percent(dropout));
  }
}

function rowOf(run: Run, index: number): string[] {
  const { settings, looks } = run;
  const begun = begunAt(run);
  const last = looks[looks.length - 1];
  return [
    String(index + 1),
    String(settings.neurons),
    percent(settings.dropout),
    settings.temperature.toFixed(1),
    begun ? `${Math.round(begun.readings)} readings` : "never",
    String(longestSoFar(run).at(-1)),
    percent(sureOfOwn(last)),
    percent(copiedOf(last.samples)),
  ];
}
