import assert from "node:assert/strict";
import { contest, type Contender } from "../../bench/contest";

/** A contender that writes down what it is asked for; a run takes it as many milliseconds as `takes` says. */
function contender(name: string, log: string[], { takes = 10, result = 1 } = {}): Contender {
  const program = {
    open: async () => ({ weights: 3 }),
    run: async (_: string, { times, untimed = 0 }: { times: number; untimed?: number }) => {
      log.push(`${name} ${untimed}+${times}`);
      return { milliseconds: Array.from({ length: times }, (_, index) => takes + index), result };
    },
    close: async () => void log.push(`${name} closed`),
  };
  return { name, program, task: "work", options: {} };
}

describe("contest", () => {
  it("lets all take turns, every other round in the reverse order, a long run seldom and a short one often", async () => {
    const log: string[] = [];
    const contenders = [contender("short", log), contender("long", log, { takes: 1000 })];
    await contest(contenders, { rounds: 3, seconds: 0.02 });
    const warmUp = ["short 1+1", "long 1+1"];
    const rounds = ["short 1+2", "long 1+1", "long 1+1", "short 1+2", "short 1+2", "long 1+1"];
    assert.deepEqual(log, [...warmUp, ...rounds, "short closed", "long closed"]);
  });

  it("gives the times of the rounds, without those that were to warm up", async () => {
    const [outcome] = await contest([contender("one", [], { result: 4 })], { rounds: 2, seconds: 0.02 });
    assert.deepEqual(outcome, {
      name: "one",
      facts: { weights: 3 },
      times: [
        [10, 11],
        [10, 11],
      ],
      median: 10.5,
      fastest: 10,
      result: 4,
    });
  });

  it("tells how many rounds are over", async () => {
    const told: number[] = [];
    await contest([contender("one", [])], { rounds: 2, seconds: 0.01, onRound: (done) => told.push(done) });
    assert.deepEqual(told, [0, 1, 2]);
  });

  it("refuses a loss that is no number", async () => {
    const broken = contender("broken", [], { result: NaN });
    await assert.rejects(
      contest([broken], { rounds: 1, seconds: 0.01 }),
      /Expected a finite result of broken, got NaN/,
    );
  });
});
