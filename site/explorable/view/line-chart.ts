/** A small chart of lines or bars, drawn anew whenever its numbers or its width change. */
import { ticks } from "./numbers";

export interface Series {
  /** Of its line: a variable of the page's style sheet, as "--line-1". */
  readonly color: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Whether each point is a bar (default: a line leads from point to point). */
  readonly bars?: boolean;
  /** What stands where it ends (default: its last number, or that of the highest bar). */
  readonly label?: string;
}

/** A line across the chart from top to bottom, or from side to side, and what it stands for. */
export interface Mark {
  readonly x?: number;
  readonly y?: number;
  readonly label: string;
  readonly color: string;
}

export interface ChartData {
  readonly series: readonly Series[];
  readonly marks?: readonly Mark[];
  readonly mostX: number;
  /** The top of the chart (default: the highest point). */
  readonly mostY?: number;
  /** What it shows, for those who do not see it. */
  readonly told: string;
}

export interface ChartOptions {
  readonly height: number;
  /** What goes up. */
  readonly title: string;
  /** What goes to the right. */
  readonly across: string;
  readonly format: (y: number) => string;
}

/** On the right is room for the label of a line, which its own line then does not cross. */
const margin = { top: 34, right: 60, bottom: 22, left: 12 };
/** From one line of words to the next. */
const lineHeight = 17;

export class LineChart {
  private data: ChartData | undefined;
  private width = 0;

  constructor(
    private readonly svg: SVGSVGElement,
    private readonly options: ChartOptions,
  ) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", options.title);
    svg.style.height = `${options.height}px`;
    new ResizeObserver(([{ contentRect }]) => {
      if (contentRect.width === this.width) return;
      this.width = contentRect.width;
      this.draw();
    }).observe(svg);
  }

  show(data: ChartData): void {
    this.data = data;
    this.svg.setAttribute("aria-label", data.told);
    this.draw();
  }

  private draw(): void {
    const { data, width } = this;
    if (!data || width === 0) return;
    const { height, title, across } = this.options;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const bottom = height - margin.bottom;
    this.svg.replaceChildren(
      drawn("line", { class: "axis", x1: margin.left, x2: width - margin.right + 4, y1: bottom, y2: bottom }),
      words({ class: "title", x: margin.left, y: 14 }, title),
      ...ticks(data.mostX, width < 420 ? 4 : 6).map((x) => {
        const isLast = x > 0.97 * data.mostX;
        const place = { x: this.x(x), y: height - 6, "text-anchor": anchor(x, data.mostX) };
        return words({ class: "tick", ...place }, isLast ? `${x} ${across}` : String(x));
      }),
      ...(data.marks ?? []).map((mark) => this.mark(mark)),
      ...data.series.flatMap((one) => this.line(one)),
      ...(data.marks ?? []).map((mark) => this.nameOfMark(mark)),
      ...this.ends(),
    );
  }

  private line({ points, color, bars }: Series): SVGElement[] {
    const seen = points.filter(([, y]) => Number.isFinite(y));
    if (seen.length === 0) return [];
    const places = seen.map(([x, y]) => `${this.x(x).toFixed(1)},${this.y(y).toFixed(1)}`);
    const [x, y] = seen[seen.length - 1];
    const style = `--color: var(${color})`;
    if (bars) return [this.bars(seen, style)];
    return [
      drawn("polyline", { points: places.join(" "), style }),
      drawn("circle", { cx: this.x(x), cy: this.y(y), r: 3.5, style }),
    ];
  }

  /** What stands to the right of each line's end, or of the highest bar, one above the other where they meet. */
  private ends(): SVGElement[] {
    const all = this.data!.series.flatMap(({ points, bars, color, label }) => {
      const seen = points.filter(([, y]) => Number.isFinite(y));
      if (seen.length === 0) return [];
      const [x, y] = seen.reduce((best, one) => (bars && one[1] < best[1] ? best : one));
      return [{ x: this.x(x), y: this.y(y) + 4, color, content: label ?? this.options.format(y) }];
    });
    let highest = this.options.height - margin.bottom;
    return all
      .sort((one, other) => other.y - one.y)
      .map(({ x, y, color, content }) => {
        const at = Math.min(y, highest);
        highest = at - lineHeight + 2;
        return words({ class: "value", x: x + 8, y: at, style: `--color: var(${color})` }, content);
      });
  }

  private bars(points: Series["points"], style: string): SVGElement {
    const bottom = this.options.height - margin.bottom;
    const room = (this.width - margin.left - margin.right) / Math.max(20, points.length);
    const path = points
      .map(([x, y]) => `M${this.x(x).toFixed(1)} ${bottom}V${this.y(y).toFixed(1)}`)
      .join("");
    return drawn("path", {
      class: "bars",
      d: path,
      "stroke-width": Math.max(1.5, 0.6 * room).toFixed(1),
      style,
    });
  }

  private mark(mark: Mark): SVGElement {
    const { x, y, color } = mark;
    const style = `--color: var(${color})`;
    const [left, right] = x === undefined ? [margin.left, this.width - margin.right] : [this.x(x), this.x(x)];
    const [top, bottom] =
      y === undefined ? [this.rowOf(mark) - 11, this.options.height - margin.bottom] : [this.y(y), this.y(y)];
    return drawn("line", { class: "mark", x1: left, x2: right, y1: top, y2: bottom, style });
  }

  /** A line from side to side has its name above it; one from top to bottom beside its top, where there is room. */
  private nameOfMark(mark: Mark): SVGElement {
    const { x, y, label, color } = mark;
    const style = `--color: var(${color})`;
    if (x === undefined) return words({ class: "value", x: margin.left, y: this.y(y!) - 5, style }, label);
    const isRight = this.x(x) > this.width - 110;
    const place = { x: this.x(x) + (isRight ? -7 : 7), "text-anchor": isRight ? "end" : "start" };
    return words({ class: "value", ...place, y: this.rowOf(mark), style }, label);
  }

  /** The names of lines from top to bottom have a row each, between the title and the highest point. */
  private rowOf(mark: Mark): number {
    return margin.top + lineHeight * this.upright.indexOf(mark);
  }

  private get upright(): readonly Mark[] {
    return (this.data!.marks ?? []).filter(({ x }) => x !== undefined);
  }

  private x(value: number): number {
    const share = Math.min(1, value / this.data!.mostX);
    return margin.left + share * (this.width - margin.left - margin.right);
  }

  private y(value: number): number {
    const { series, mostY } = this.data!;
    const highest = mostY ?? Math.max(...series.flatMap(({ points }) => points.map(([, y]) => y || 0)), 1e-9);
    const top = margin.top + lineHeight * this.upright.length;
    return top + (1 - value / highest) * (this.options.height - top - margin.bottom);
  }
}

function anchor(x: number, most: number): string {
  return x === 0 ? "start" : x > 0.97 * most ? "end" : "middle";
}

function words(attributes: Record<string, string | number>, content: string): SVGElement {
  const text = drawn("text", attributes);
  text.textContent = content;
  return text;
}

function drawn(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
