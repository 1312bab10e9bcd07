/** That a file holds no text that can be read, and why. */

/** In a folder such a file is left out; by itself it is an error. */
export class NoText extends Error {
  /** @param reason in a few words, as a list of what was left out gives it: "empty", "damaged" */
  constructor(
    message: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
