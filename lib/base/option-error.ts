/** A value of an option, or of a parameter, that cannot be. */

/** What the words are made of, for whoever has other names for options, such as the command. */
export class OptionError extends Error {
  override readonly name = "OptionError";

  /**
   * @param option its name in the code
   * @param expected what it should be, as the rest of a sentence: "to be a whole number"
   * @param got what it was
   * @param remedy what can be done, as the end of the sentence
   * @example new OptionError("temperature", ">= 0", -1).message // "Expected `temperature` >= 0, got -1"
   */
  constructor(
    readonly option: string,
    readonly expected: string,
    readonly got: unknown,
    remedy = "",
  ) {
    super(`Expected \`${option}\` ${expected}, got ${String(got)}${remedy}`);
  }

  /** The options that it is about, the one that is wrong first. */
  get options(): readonly string[] {
    return [this.option, ...Array.from(this.expected.matchAll(/`(\w+)`/g), ([, name]) => name)];
  }
}

/**
 * Makes sure that options are whole numbers of at least some other.
 *
 * @throws OptionError of the first that is not
 * @example checkWhole({ minLength, maxOccurrences }, 1) // "Expected `minLength` to be a whole number of at least 1, got 0"
 */
export function checkWhole(options: Readonly<Record<string, unknown>>, least = 0): void {
  for (const [name, value] of Object.entries(options)) {
    if (Number.isInteger(value) && (value as number) >= least) continue;
    throw new OptionError(name, `to be a whole number${least > 0 ? ` of at least ${least}` : ""}`, value);
  }
}
