/** Bars that lie below one another, each of one part or several: what they are, and what they say in words. */

export interface BarChart {
  readonly title: string;
  /** What the numbers count, behind each of them: "ms". */
  readonly unit: string;
  /** The names of the parts; a single one is not shown. */
  readonly parts: readonly string[];
  /** From top to bottom. */
  readonly bars: readonly Bar[];
}

export interface Bar {
  readonly label: string;
  /** A number for each part; not below 0. */
  readonly values: readonly number[];
}

/** @example barsInWords(chart) // "A step: fused forward 12, back 30, together 42 ms; reference …" */
export function barsInWords({ title, unit, parts, bars }: BarChart): string {
  const said = bars.map(({ label, values }) => {
    if (parts.length === 1) return `${label} ${digits(values[0])} ${unit}`;
    const each = parts.map((part, index) => `${part} ${digits(values[index])}`).join(", ");
    return `${label} ${each}, together ${digits(sum(values))} ${unit}`;
  });
  return `${title}: ${said.join("; ")}`;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** @example digits(1234.5) // "1,230" */
export function digits(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en", { maximumSignificantDigits: 3 });
}
