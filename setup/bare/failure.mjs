/** What set-up throws where the user can do something about it: the cause, and what mends it. */
export class SetupFailure extends Error {
  /**
   * @param {string} cause what went wrong, in a sentence or with the last lines of a command's output
   * @param {string} remedy what to do about it, with the command to type
   */
  constructor(cause, remedy) {
    super(`${cause}\n→ ${remedy}`);
    this.name = "SetupFailure";
  }
}
