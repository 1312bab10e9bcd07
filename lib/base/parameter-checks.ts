/** Checks what the parameters of a table are set to, each by itself. */
import { OptionError } from "./option-error";
import type { Parameter, ParameterTable, ValuesOf } from "./parameters";

/**
 * Checks each value of a table by itself.
 *
 * @throws OptionError of the first that cannot be
 */
export function checkEach<Table extends ParameterTable>(table: Table, values: ValuesOf<Table>): void {
  for (const [name, parameter] of Object.entries(table)) check(name, parameter, values[name]);
}

function check(name: string, parameter: Parameter, value: unknown): void {
  if ("names" in parameter) {
    const apart = Array.isArray(value) && new Set(value).size === value.length;
    if (!apart || !value.every((one) => typeof one === "string" && one !== ""))
      throw new OptionError(name, "to be a list of different names", JSON.stringify(value));
    return;
  }
  if ("rising" in parameter) {
    const [least, most] = parameter.rising;
    const rises = (one: unknown, index: number, all: readonly number[]) =>
      Number.isInteger(one) && all[index] >= least && all[index] <= most && !(all[index] <= all[index - 1]);
    if (!Array.isArray(value) || !value.every(rises))
      throw new OptionError(
        name,
        `to be a list of whole numbers between ${least} and ${most}, each larger than the one before`,
        JSON.stringify(value),
      );
    return;
  }
  if ("choices" in parameter) {
    if (!(parameter.choices as readonly unknown[]).includes(value))
      throw new OptionError(name, `to be one of ${parameter.choices.join(", ")}`, value);
    return;
  }
  const isWhole = "whole" in parameter;
  if (isWhole && !Number.isInteger(value)) throw new OptionError(name, "to be a whole number", value);
  const [least, most] = isWhole ? parameter.whole : parameter.between;
  if (typeof value !== "number" || !(value >= least && value <= most))
    throw new OptionError(name, `between ${least} and ${most}`, value);
}
