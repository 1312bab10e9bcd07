/** How a command ends, as its exit code tells a shell. */

export const exitCodes = {
  done: 0,
  /** Something went wrong, or what was asked for cannot be: a file that is missing, texts that are too short. */
  failure: 1,
  /** The command line itself is wrong: an unknown option, a value out of its range. */
  usage: 2,
  /** Ctrl-C, or SIGINT; what was done stands. */
  interrupted: 130,
  /** Whoever read the output has gone, as `head` does. */
  outputClosed: 141,
  /** SIGTERM; what was done stands. */
  terminated: 143,
} as const;

export const exitCodesInWords = `Exit codes:
  0    done
  1    an error: a file is missing, a text is too short, a download failed
  2    the command line is wrong: an unknown option, a value out of its range
  130  interrupted (Ctrl-C); a training has written a checkpoint, and goes on with --resume
  141  whoever read the output has gone
  143  ended by SIGTERM, in the same good order`;

/** Thrown where the command line is wrong in a way that only the command itself can see. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Thrown at the end of a work that was stopped from outside, in good order. */
export class Stopped extends Error {
  override readonly name = "Stopped";

  constructor(readonly exitCode: number) {
    super("");
  }
}
