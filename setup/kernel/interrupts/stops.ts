/**
 * Lets an interrupt end a cell's own loops. The cell is answered at once, but its code would go on in the background for
 * ever; so each `await` of a cell is compiled to end the code that waits there when its cell has been interrupted:
 *
 *     await work()                 await __tslab__.stops.resume(__tslab__.stops.run, work())
 *     for await (const x of xs)    for await (const x of __tslab__.stops.whileRunning(xs))
 *
 * What a cell calls in files and packages is left to itself: it knows its own good order (`lib/train/interrupt.ts`).
 */
import * as typescript from "@tslab/typescript-for-tslab";

/** Milliseconds in which code that is interrupted may put things in order: then it gets no further than its next await. */
const patience = 1000;

/** One execution of a cell. */
export interface Run {
  interrupted: boolean;
  /** Whether the cell is answered; what it has left running may go on. */
  isOver: boolean;
  /** By the clock of `performance`: when its code has met its interrupt first. */
  met?: number;
}

/** Named as Jupyter's front ends know it from Python. */
export class KeyboardInterrupt extends Error {
  override readonly name = "KeyboardInterrupt";
  override readonly message = "The cell was interrupted";
}

/** What the compiled cells call. */
export const stops = {
  /** The cell that runs, or ran last. */
  run: { interrupted: false, isOver: true } as Run,

  /** Waits. Its first argument is read before that: the run that the waiting code belongs to. */
  async resume<Value>(run: Run, value: Value): Promise<Awaited<Value>> {
    try {
      return await value;
    } finally {
      if (run.interrupted) await end(run);
    }
  },

  /** The values of `values`; their source is closed where the loop ends here. */
  async *whileRunning<Value>(values: AsyncIterable<Value> | Iterable<Value>): AsyncGenerator<Value> {
    const { run } = stops;
    for await (const value of values) yield stops.resume(run, value);
  },
};

/** Throws, or where the code has caught that and goes on, never comes to an end. */
async function end(run: Run): Promise<never> {
  run.met ??= performance.now();
  if (performance.now() < run.met + patience) throw new KeyboardInterrupt();
  return new Promise(() => undefined);
}

/** The transformer that puts the stops into a cell. */
export function addStops(
  context: typescript.TransformationContext,
): typescript.Transformer<typescript.SourceFile> {
  const { factory, isAwaitExpression, isForOfStatement, setTextRange, visitEachChild } = typescript;
  const stop = (name: string) => factory.createIdentifier(`__tslab__.stops.${name}`);
  const call = (name: string, values: typescript.Expression[], instead: typescript.Node) =>
    setTextRange(factory.createCallExpression(stop(name), undefined, values), instead);

  const visit = (node: typescript.Node): typescript.Node => {
    const visited = visitEachChild(node, visit, context);
    if (isAwaitExpression(visited)) {
      const resumed = call("resume", [stop("run"), visited.expression], visited.expression);
      return factory.updateAwaitExpression(visited, resumed);
    }
    if (!isForOfStatement(visited) || !visited.awaitModifier) return visited;
    const values = call("whileRunning", [visited.expression], visited.expression);
    const { awaitModifier, initializer, statement } = visited;
    return factory.updateForOfStatement(visited, awaitModifier, initializer, values, statement);
  };
  return (file) => visitEachChild(file, visit, context);
}
