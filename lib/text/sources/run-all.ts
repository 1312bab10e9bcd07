/** Several tasks at once, a few at a time. */
import pLimit from "p-limit";
import { UnreachableError } from "./fetch";

/**
 * The results of all tasks, in their order, with at most `atOnce` of them under way. Nothing is left running when this
 * returns or throws: the tasks that can succeed do, and then one error names all that failed.
 *
 * @throws UnreachableError where every failure was one.
 */
export async function together<Result>(
  tasks: readonly (() => Promise<Result>)[],
  atOnce = 4,
): Promise<Result[]> {
  const limit = pLimit(atOnce);
  const settled = await Promise.allSettled(tasks.map((task) => limit(task)));
  const errors = settled.flatMap((one) => (one.status === "rejected" ? [one.reason as Error] : []));
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) {
    const message = [
      `${errors.length} of ${tasks.length} failed:`,
      ...errors.map((error) => `- ${error.message}`),
    ].join("\n");
    const unreachable = errors.every((error) => error instanceof UnreachableError);
    throw unreachable ? new UnreachableError(message) : new AggregateError(errors, message);
  }
  return settled.map((one) => (one as PromiseFulfilledResult<Result>).value);
}
