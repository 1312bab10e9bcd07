/**
 * The side of a bench's program that works: it answers requests, a line of JSON each, on its standard streams. How it is
 * started and asked is in `program.ts`; `peers/answer.py` does the same in Python.
 */
import { createInterface } from "node:readline";

/** Something that is built once and timed many times. */
export interface Task {
  /** What was built, e.g. how many weights it has. */
  readonly facts: Facts;
  /** Does it once, and gives a number by which one sees that it was done: a loss, a count. */
  run(): number | Promise<number>;
  close(): void;
}

export type Facts = Readonly<Record<string, number | string>>;

/** What a program can be asked to build, by name. */
export type Tasks = Readonly<Record<string, (options: never) => Task | Promise<Task>>>;

export type Request =
  | { readonly about: true }
  | { readonly open: string; readonly task: string; readonly options: object }
  /** `untimed` runs before the timed ones bring weights and code back into the caches. */
  | { readonly run: string; readonly times: number; readonly untimed: number }
  | { readonly close: string };

export interface Times {
  /** Of each timed run. */
  readonly milliseconds: readonly number[];
  /** What the last one came to. */
  readonly result: number;
}

/** Answers until the input ends. An error becomes the answer `{ error }`. */
export async function answerRequests(tasks: Tasks, about: Facts): Promise<void> {
  const opened = new Map<string, Task>();
  for await (const line of createInterface({ input: process.stdin })) {
    const reply = await answer(JSON.parse(line) as Request, { tasks, about, opened }).catch(
      (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
    );
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
}

interface Desk {
  readonly tasks: Tasks;
  readonly about: Facts;
  readonly opened: Map<string, Task>;
}

async function answer(request: Request, { tasks, about, opened }: Desk): Promise<Facts | Times> {
  if ("about" in request) return about;
  if ("open" in request) {
    const build = tasks[request.task];
    if (!build)
      throw new Error(`Expected one of the tasks ${Object.keys(tasks).join(", ")}, got "${request.task}"`);
    const task = await build(request.options as never);
    opened.set(request.open, task);
    return task.facts;
  }
  if ("run" in request) return timed(find(opened, request.run), request);
  find(opened, request.close).close();
  opened.delete(request.close);
  return {};
}

function find(opened: ReadonlyMap<string, Task>, name: string): Task {
  const task = opened.get(name);
  if (!task) throw new Error(`Expected one of the open ${[...opened.keys()].join(", ")}, got "${name}"`);
  return task;
}

async function timed(task: Task, { times, untimed }: { times: number; untimed: number }): Promise<Times> {
  for (let index = 0; index < untimed; index++) await task.run();
  const milliseconds: number[] = [];
  let result = NaN;
  for (let index = 0; index < times; index++) {
    const began = performance.now();
    result = await task.run();
    milliseconds.push(performance.now() - began);
  }
  return { milliseconds, result };
}
