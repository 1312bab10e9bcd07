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
