/** Options of commands that show passages: in which form, and whether in colours. */
import { Option } from "commander";

export interface ShownOptions {
  readonly format: "ansi" | "html" | "json";
  readonly output?: string;
  readonly json?: boolean;
  readonly color?: boolean;
}

export function formatOption(): Option {
  return new Option("--format <name>", "what is written").choices(["ansi", "html", "json"]).default("ansi");
}

export function formatOf({ json, format }: ShownOptions): ShownOptions["format"] {
  return json ? "json" : format;
}

/** @param plain what stands between « and » where there are no colours */
export function colorOptions(plain: string): [Option, Option] {
  return [
    new Option(
      "--color",
      "in colours, wherever it is written (default: by itself on a terminal that has them)",
    ),
    new Option("--no-color", `${plain} between « and »`),
  ];
}

/** What was asked for; otherwise the terminal decides. */
export function colorOf({ color }: ShownOptions): { color?: boolean } {
  return color === undefined ? {} : { color };
}
