/** Texts that a network has written, which are printed as they read. */
import { inspect } from "node:util";
import { visible } from "./style/visible";

/**
 * A list of texts that a notebook or `console.log` prints as texts, with a line between them, not as a list of strings.
 *
 * @example console.log(Written.of("Roses\nare red", "Violets"))
 */
export class Written extends Array<string> {
  /** What is made of them, as by `map`, is a list like any other. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  override toString(): string {
    return this.map(visible).join("\n\n* * *\n\n");
  }

  [inspect.custom](): string {
    return this.toString();
  }
}
