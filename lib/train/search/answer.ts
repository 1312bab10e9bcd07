/** How a search waits for an answer of its engine: what happens to the database meanwhile is told. */
import type { Engine } from "./engine";

/** The database does not answer, and is asked again: told once a second at most. Or it answers again. */
export interface DatabaseEvent {
  readonly type: "database";
  /** Whether it is back. */
  readonly answers: boolean;
  /** Seconds that it has been away. */
  readonly seconds: number;
  /** What is known of why it does not answer. */
  readonly reason?: string;
}

/** Thrown where an interrupt comes while the database is away. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/**
 * Waits for an answer, and tells what was heard of the database.
 *
 * @param stopped whether the search is to end. Where the database is away the engine is ended then, since nothing can be told it
 * @throws Interrupted there; and what the engine says against the request
 */
export async function* answer<Answer>(
  engine: Engine,
  answered: Promise<Answer>,
  stopped: () => boolean,
): AsyncGenerator<DatabaseEvent, Answer, void> {
  let pending = true;
  const end = answered.then(
    () => void (pending = false),
    () => void (pending = false),
  );
  for (;;) {
    if (pending && !engine.notices.length) await Promise.race([end, engine.nextNotice()]);
    let away = false;
    for (const event of databaseEvents(engine)) {
      yield event;
      away = !event.answers;
    }
    if (!pending) return answered;
    if (away && stopped()) {
      engine.kill();
      throw new Interrupted("The search was interrupted while its database did not answer");
    }
  }
}

/** What was heard of the database and not told yet. */
export function* databaseEvents({ notices }: Engine): Generator<DatabaseEvent, void, void> {
  for (const { away, reason } of notices.splice(0))
    yield { type: "database", answers: reason === undefined, seconds: away, reason };
}
