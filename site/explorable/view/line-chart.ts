/** A small chart of lines or bars, drawn anew whenever its numbers or its width change. */
import { ticks } from "./numbers";

export interface Series {
  /** Of its line: a variable of the page's style sheet, as "--line-1". */
  readonly color: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Whether each point is a bar (default: a line leads from point to point). */
  readonly bars?: boolean;
  /** What stands where it ends (default: its last number). */
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

const margin = { top: 34, right: 12, bottom: 22, left: 12 };

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
      drawn("line", { class: "axis", x1: margin.left, x2: width - margin.right, y1: bottom, y2: bottom }),
      words({ class: "title", x: margin.left, y: 14 }, title),
      ...ticks(data.mostX, width < 420 ? 4 : 6).map((x) => {
        const isLast = x > 0.97 * data.mostX;
        const place = { x: this.x(x), y: height - 6, "text-anchor": anchor(x, data.mostX) };
        return words({ class: "tick", ...place }, isLast ? `${x} ${across}` : String(x));
      }),
      ...(data.marks ?? []).flatMap((mark, index) => this.mark(mark, index)),
      ...data.series.flatMap((one) => this.line(one)),
    );
  }

  private line({ points, color, bars, label }: Series): SVGElement[] {
    const seen = points.filter(([, y]) => Number.isFinite(y));
    if (seen.length === 0) return [];
    const places = seen.map(([x, y]) => `${this.x(x).toFixed(1)},${this.y(y).toFixed(1)}`);
    const [x, y] = seen[seen.length - 1];
    const [end, height] = [this.x(x), this.y(y)];
    const style = `--color: var(${color})`;
    return [
      ...(bars
        ? [this.bars(seen, style)]
        : [
            drawn("polyline", { points: places.join(" "), style }),
            drawn("circle", { cx: end, cy: height, r: 3.5, style }),
          ]),
      this.beside(
        { x: end, y: Math.max(margin.top - 2, height - 7), style },
        label ?? this.options.format(y),
      ),
    ];
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

  private mark({ x, y, label, color }: Mark, index: number): SVGElement[] {
    const style = `--color: var(${color})`;
    const [left, right] = x === undefined ? [margin.left, this.width - margin.right] : [this.x(x), this.x(x)];
    const [top, bottom] =
      y === undefined ? [margin.top - 4, this.options.height - margin.bottom] : [this.y(y), this.y(y)];
    const at = y === undefined ? margin.top + 8 + 17 * index : top - 6;
    return [
      drawn("line", { class: "mark", x1: left, x2: right, y1: top, y2: bottom, style }),
      this.beside({ x: left, y: at, style }, label),
    ];
  }

  /** Words to the right of a place, or to its left where there is no room. */
  private beside({ x, y, style }: { x: number; y: number; style: string }, content: string): SVGElement {
    const isRight = x > this.width - 110;
    const place = { x: x + (isRight ? -7 : 7), y, "text-anchor": isRight ? "end" : "start" };
    return words({ class: "value", ...place, style }, content);
  }

  private x(value: number): number {
    return margin.left + (value / this.data!.mostX) * (this.width - margin.left - margin.right);
  }

  private y(value: number): number {
    const { series, mostY } = this.data!;
    const highest = mostY ?? Math.max(...series.flatMap(({ points }) => points.map(([, y]) => y || 0)), 1e-9);
    return margin.top + (1 - value / highest) * (this.options.height - margin.top - margin.bottom);
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
