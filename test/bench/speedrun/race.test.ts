import assert from "node:assert/strict";
import { entrants as all, quickEntrants } from "../../../bench/speedrun/entrants";
import { race, windowLength } from "../../../bench/speedrun/race";

const texts = { training: "a", validation: "b" };

/** Two programs that note what they are asked; a step of the first takes 2 ms, in bf16 1 ms, of the other 4 and 8. */
function programs(asked: string[]) {
  return [2, 4].map((milliseconds) => {
    const slices = new Map<string, number>();
    let loss = 3;
    return {
      async open(name: string, task: string, options: object) {
        const { precision, slice, window } = options as {
          precision?: string;
          slice?: number;
          window?: number;
        };
        const faster = (precision === "bf16") === (milliseconds === 2);
        if (slice) slices.set(name, slice * milliseconds * (faster ? 0.5 : 1) * (milliseconds === 4 ? 2 : 1));
        asked.push(`open ${name}: ${task}${window ? ` ${window}` : ""}`);
        return { weights: 7 };
      },
      async run(name: string, { times }: { times: number }) {
        asked.push(name);
        loss -= 0.1;
        return { milliseconds: Array<number>(times).fill(slices.get(name) ?? 1000), result: loss };
      },
      async close(name: string) {
        asked.push(`close ${name}`);
      },
    };
  });
}

describe("race(runners, options)", () => {
  const [ours] = all;
  const gpt = all.find(({ task }) => task === "gpt")!;

  it("takes the faster precision, and as many steps as there is time for", async () => {
    const [one, other] = programs([]);
    const sixth = all.find(({ share }) => share === 1 / 6)!;
    const runners = [
      { entrant: ours, program: one },
      { entrant: sixth, program: one },
      { entrant: gpt, program: other },
    ];
    const { runs } = await race(runners, { texts, seconds: 12, seeds: [1, 2], checks: 3 });
    assert.deepEqual(
      runs.map(({ name, seed, precision, iterations }) => [name, seed, precision, iterations]),
      [1, 2].flatMap((seed) => [
        [ours.name, seed, "bf16", 12_000],
        [sixth.name, seed, "bf16", 2000],
        [gpt.name, seed, "fp32", 3000],
      ]),
    );
    assert.equal(runs[0].weights, 7);
    assert.deepEqual(
      runs[0].points.map(({ seconds }) => seconds),
      [4, 8, 12],
    );
  });

  it("lets them take turns, every other round in the reverse order, and measures each after its slice", async () => {
    const asked: string[] = [];
    const [one, other] = programs(asked);
    const runners = [
      { entrant: ours, program: one },
      { entrant: gpt, program: other },
    ];
    await race(runners, { texts, seconds: 1, seeds: [1], checks: 2 });
    const begin = asked.indexOf(`open ${ours.name}, seed 1: training`);
    const [a, b] = [ours, gpt].map(({ name }) => [`${name}, seed 1`, `${name}, seed 1, validation`]);
    assert.deepEqual(asked.slice(begin + 4, begin + 12), [...a, ...b, ...b, ...a]);
    assert.ok(asked.includes(`open ${ours.name}, seed 1, windows: validation ${windowLength}`));
    assert.ok(asked.includes(`open ${gpt.name}, seed 1, windows: validation 64`));
    const opened = asked.filter((each) => each.startsWith("open"));
    assert.equal(asked.filter((each) => each.startsWith("close")).length, opened.length);
  });

  it("does without bfloat16 where an entrant fails in it, and says so", async () => {
    const [, program] = programs([]);
    const failing = {
      ...program,
      run: async (name: string, how: { times: number }) => {
        if (name.endsWith("bf16")) throw new Error("could not create a primitive\nand more");
        return program.run(name, how);
      },
    };
    const options = { texts, seconds: 1, seeds: [1], checks: 2 };
    const { runs, notices } = await race([{ entrant: gpt, program: failing }], options);
    assert.equal(runs[0].precision, "fp32");
    assert.deepEqual(notices, ["Without small GPT, bf16: could not create a primitive"]);
  });

  it("has something quick of ours alone", () => {
    assert.deepEqual(
      quickEntrants.map(({ by }) => by),
      ["palimpsest"],
    );
  });
});
