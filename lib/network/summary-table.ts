/** The layers of a network as a table, as Keras prints it. What stands in it, `summary.ts` finds out. */

/** A layer of the table. */
export interface LayerRow {
  readonly layer: string;
  /** Of what it gives: "(batch, time, 128)". */
  readonly output: string;
  readonly weights: number;
}

export class Summary {
  constructor(
    readonly rows: readonly LayerRow[],
    private readonly frozen: number,
  ) {}

  /** Of all layers. */
  get weights(): number {
    return this.rows.reduce((sum, { weights }) => sum + weights, 0);
  }

  toString(): string {
    const cells = [
      ["layer", "output shape", "weights"],
      ...this.rows.map(({ layer, output, weights }) => [layer, output, count(weights)]),
      ["total", "", count(this.weights)],
      ...(this.frozen ? [["of these frozen", "", count(this.frozen)]] : []),
    ];
    const widths = [0, 1, 2].map((at) => Math.max(...cells.map((row) => row[at].length)));
    const lines = cells.map(([layer, output, weights]) =>
      [layer.padEnd(widths[0]), output.padEnd(widths[1]), weights.padStart(widths[2])].join("  "),
    );
    const rule = "-".repeat(lines[0].length);
    const end = 1 + this.rows.length;
    return [lines[0], rule, ...lines.slice(1, end), rule, ...lines.slice(end)].join("\n");
  }

  /** Printed, it is the table. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

function count(value: number): string {
  return value.toLocaleString("en");
}
