/** Has `console` print below the cell, as Node.js prints to its standard output and error. */
import { formatWithOptions, inspect } from "node-inspect-extracted";

export function printToStreams(): void {
  let indent = "";
  const printer =
    (stream: "stdout" | "stderr") =>
    (...values: unknown[]) => {
      const text = formatWithOptions({}, ...values).replaceAll("\n", `\n${indent}`);
      process[stream].write(`${indent}${text}\n`);
    };
  const [log, error] = [printer("stdout"), printer("stderr")];
  const counts = new Map<string, number>();
  const begun = new Map<string, number>();
  const took = (label: string) => `${(performance.now() - (begun.get(label) ?? 0)).toFixed(3)}ms`;
  Object.assign(console, {
    log,
    debug: log,
    info: log,
    error,
    warn: error,
    trace: error,
    assert: (holds: unknown, ...values: unknown[]) => holds || error("Assertion failed:", ...values),
    dir: (value: unknown, options?: object) => log(inspect(value, options)),
    table: (rows: unknown) => log(rows),
    group: (...values: unknown[]) => {
      if (values.length) log(...values);
      indent += "  ";
    },
    groupEnd: () => (indent = indent.slice(2)),
    count: (label = "default") => {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      log(`${label}: ${counts.get(label)}`);
    },
    time: (label = "default") => void begun.set(label, performance.now()),
    timeLog: (label = "default", ...values: unknown[]) => log(`${label}: ${took(label)}`, ...values),
    timeEnd: (label = "default") => {
      log(`${label}: ${took(label)}`);
      begun.delete(label);
    },
  });
}
