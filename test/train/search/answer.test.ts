import assert from "node:assert/strict";
import { answer, Interrupted, type DatabaseEvent } from "../../../lib/train/search/answer";
import type { DatabaseNotice, Engine } from "../../../lib/train/search/engine";

/** Of an engine what is asked here: its notices, and whether it was ended. */
function fakeEngine() {
  const notices: DatabaseNotice[] = [];
  let noticed: () => void = () => undefined;
  const fake = {
    notices,
    killed: false,
    nextNotice: () => new Promise<void>((resolve) => (noticed = resolve)),
    kill: () => (fake.killed = true),
    tell(notice: DatabaseNotice) {
      notices.push(notice);
      noticed();
    },
  };
  return { fake, engine: fake as unknown as Engine };
}

const away = { away: 3, reason: "connection refused" };

describe("answer", () => {
  it("gives the answer, and tells before it what was heard of the database", async () => {
    const { fake, engine } = fakeEngine();
    let give: (word: string) => void = () => undefined;
    const told: DatabaseEvent[] = [];
    const events = answer(engine, new Promise<string>((resolve) => (give = resolve)), () => false);
    const first = events.next();
    fake.tell(away);
    told.push((await first).value as DatabaseEvent);
    fake.tell({ away: 4 });
    give("trial 1");
    let next = await events.next();
    for (; !next.done; next = await events.next()) told.push(next.value);
    assert.equal(next.value, "trial 1");
    assert.deepEqual(told, [
      { type: "database", answers: false, seconds: 3, reason: "connection refused" },
      { type: "database", answers: true, seconds: 4, reason: undefined },
    ]);
  });

  it("throws what the engine says against the request", async () => {
    const { engine } = fakeEngine();
    await assert.rejects(answer(engine, Promise.reject(new Error("gone")), () => false).next(), /gone/);
  });

  it("ends the engine where the search is interrupted while the database is away, and only then", async () => {
    const { fake, engine } = fakeEngine();
    const never = new Promise<string>(() => undefined);
    const events = answer(engine, never, () => true);
    fake.tell(away);
    await events.next();
    await assert.rejects(events.next(), Interrupted);
    assert.ok(fake.killed);
    const other = fakeEngine();
    assert.equal((await answer(other.engine, Promise.resolve("all"), () => true).next()).value, "all");
    assert.ok(!other.fake.killed);
  });
});
