/** The losses of a training in the page, as a small curve. */
import { element } from "./elements";

const size = { width: 600, height: 160 };
const margin = { top: 24, right: 60, bottom: 24, left: 8 };

export class Losses {
  private readonly svg = element("losses", SVGSVGElement);
  private losses: number[] = [];
  private iterations = 1;
  /** Of a loss, in words. */
  unit = "";

  begin(iterations: number): void {
    this.losses = [];
    this.iterations = iterations;
    this.svg.toggleAttribute("hidden", false);
    this.draw();
  }

  add(loss: number): void {
    this.losses.push(loss);
    this.draw();
  }

  end(): void {
    this.svg.toggleAttribute("hidden", true);
  }

  /** In words and numbers. */
  get told(): string {
    if (this.losses.length === 0) return "before its first step";
    const [first, last] = [mean(this.losses.slice(0, several)), mean(this.losses.slice(-several))];
    return `loss ${first.toFixed(2)} at first, ${last.toFixed(2)} after ${this.losses.length} steps`;
  }

  private draw(): void {
    const { losses } = this;
    const [low, high] = [Math.min(...losses), Math.max(...losses)];
    const room = high - low || 1;
    const x = (step: number) =>
      margin.left + (step / Math.max(1, this.iterations - 1)) * (size.width - margin.left - margin.right);
    const y = (loss: number) =>
      margin.top + ((high - loss) / room) * (size.height - margin.top - margin.bottom);
    const axis = drawn("line", {
      x1: margin.left,
      x2: size.width - margin.right,
      y1: size.height - margin.bottom,
      y2: size.height - margin.bottom,
    });
    const title = label({ x: margin.left, y: 14 }, `loss, ${this.unit}`);
    const end = label({ x: margin.left, y: size.height - 6 }, `${losses.length} of ${this.iterations} steps`);
    const parts = [axis, title, end];
    if (losses.length > 0) {
      const last = losses[losses.length - 1];
      const points = losses.map((loss, step) => `${x(step).toFixed(1)},${y(loss).toFixed(1)}`);
      parts.push(drawn("polyline", { points: points.join(" ") }));
      parts.push(label({ x: x(losses.length - 1) + 8, y: y(last) + 4 }, last.toFixed(2)));
      this.svg.setAttribute("aria-label", this.told);
    }
    this.svg.replaceChildren(...parts);
  }
}

/** Steps over which the loss is averaged before it is said in a number. */
const several = 5;

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function label(place: { readonly x: number; readonly y: number }, words: string): SVGElement {
  const text = drawn("text", place);
  text.textContent = words;
  return text;
}

function drawn(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
