import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { loadModel } from "../../../lib/train/saved/checkpoint";
import { validate } from "../../../lib/train/validation/validate";
import type { TrialResult } from "../../../lib/train/search/engine";
import { search, type SearchEvent } from "../../../lib/train/search/search";
import type { Space } from "../../../lib/train/search/space";
import { trialFolder } from "../../../lib/train/search/trial";
import type { Params } from "../../../lib/train/params";
import { temporaryFolder } from "../../setup/machine";
import { smallLibrary } from "../small";
import { needsOptuna } from "./environment";
import { searched, smallSearch, smallSpace } from "./small";

/** The trials at the end of a search. */
function trialsOf(events: readonly SearchEvent[]): readonly TrialResult[] {
  const last = events[events.length - 1];
  assert.ok(last.type === "end", JSON.stringify(last));
  return last.trials;
}

/** What does not depend on the clock. */
const timeless = (trials: readonly TrialResult[]) =>
  trials.map(({ seconds, ...rest }) => (void seconds, rest));

describe("search", function () {
  this.timeout(180_000);
  needsOptuna();

  it("makes its trials, tells of each, and ranks them in trials.csv", async function () {
    const folder = path.join(temporaryFolder(this), "small");
    const events = await searched(folder, { prune: false });
    const trials = trialsOf(events);
    assert.deepEqual(
      trials.map(({ trial }) => trial).sort((a, b) => a - b),
      [0, 1, 2, 3],
    );
    const losses = trials.map(({ loss }) => loss ?? Infinity);
    assert.deepEqual(
      losses,
      [...losses].sort((a, b) => a - b),
    );
    assert.ok(trials.every(({ state, iterations }) => state === "complete" && iterations === 20));
    for (const { trial, params } of trials) {
      const told = events.flatMap((event) =>
        event.type === "trial" && event.trial === trial ? [event] : [],
      );
      assert.deepEqual(told, [{ type: "trial", trial, params }]);
      const validations = events.flatMap((event) =>
        event.type === "training" && event.trial === trial && event.event.type === "validation"
          ? [event.event.crossEntropy]
          : [],
      );
      assert.equal(validations.length, 4);
      assert.equal(Math.min(...validations), trials.find((one) => one.trial === trial)?.loss);
    }
    const rows = parse(fs.readFileSync(path.join(folder, "trials.csv")), { columns: true }) as Record<
      string,
      string
    >[];
    assert.deepEqual(
      rows.map(({ rank, trial, state, loss, layers }) => [rank, trial, state, loss, layers]),
      trials.map(({ trial, state, loss, params }, index) =>
        [index + 1, trial, state, loss, params.layers].map(String),
      ),
    );
  });

  it("draws what the space allows", async function () {
    const folder = path.join(temporaryFolder(this), "drawn");
    const events = await searched(folder, {
      sampler: "random",
      trials: 6,
      params: { ...smallSearch.params, iterations: 5 },
    });
    for (const { params } of trialsOf(events)) {
      const { neurons = 0, layers = 0, learningRate = 0, dropout = -1 } = params;
      assert.ok([4, 8, 12, 16, 20, 24].includes(neurons) && [1, 2].includes(layers));
      assert.ok(learningRate >= 1e-3 && learningRate <= 1e-1 && dropout >= 0 && dropout <= 0.5);
    }
  });

  it("leaves a folder for each trial, from which the best network of it can be loaded", async function () {
    const folder = path.join(temporaryFolder(this), "folders");
    const trials = trialsOf(await searched(folder, { trials: 2 }));
    assert.deepEqual(
      fs.readdirSync(folder).filter((name) => name.startsWith(".")),
      [],
    );
    for (const result of trials) {
      const own = trialFolder(folder, result.trial);
      assert.deepEqual(JSON.parse(fs.readFileSync(path.join(own, "trial.json"), "utf8")), result);
      const losses = parse(fs.readFileSync(path.join(own, "losses.csv")), { columns: true }) as {
        validation: string;
      }[];
      const lowest = Math.min(...losses.map(({ validation }) => Number(validation || Infinity)));
      assert.equal(lowest, result.loss);
      const model = await loadModel(own);
      assert.equal(model.params.neurons, result.params.neurons);
      assert.equal(model.size, result.weights);
      const { crossEntropy } = await validate(model, smallLibrary().validation);
      assert.ok(Math.abs(crossEntropy - lowest) < 1e-5);
      model.dispose();
    }
  });

  it("gives the same trials from the same seed, also when it is stopped and goes on", async function () {
    const parent = temporaryFolder(this);
    const options = { trials: 6, startup: 2, training: { validateEvery: 5 } };
    const through = trialsOf(await searched(path.join(parent, "through"), options));
    const stop = new AbortController();
    const interrupted = path.join(parent, "stopped");
    for await (const event of search(smallLibrary(), smallSpace, {
      ...smallSearch,
      ...options,
      folder: interrupted,
      name: "stopped",
      signal: stop.signal,
    })) {
      if (event.type === "training" && event.trial === 3 && event.event.type === "validation") stop.abort();
      if (event.type === "end") assert.equal(event.reason, "interrupted");
    }
    assert.deepEqual(fs.readdirSync(interrupted).filter((name) => name.startsWith("trial-")).length, 3);
    const events = await searched(interrupted, { ...options, name: "stopped" });
    const begun = events.flatMap((event) => (event.type === "trial" ? [event.trial] : []));
    assert.equal(begun[0], 3);
    assert.deepEqual(timeless(trialsOf(events)), timeless(through));
    const other = trialsOf(await searched(path.join(parent, "other"), { ...options, seed: 100 }));
    assert.notDeepEqual(other[0].params, through[0].params);
  });

  it("gives a hopeless trial up", async function () {
    const folder = path.join(temporaryFolder(this), "hopeless");
    const space = { learningRate: { from: 1e-9, to: 3e-2, log: true } };
    const events: SearchEvent[] = [];
    const options = {
      ...smallSearch,
      folder,
      trials: 8,
      startup: 2,
      pruneAfter: 5,
      sampler: "random" as const,
    };
    const params = { ...smallSearch.params, neurons: 12, layers: 1, iterations: 40 };
    for await (const event of search(smallLibrary(), space, { ...options, params })) events.push(event);
    const trials = trialsOf(events);
    const pruned = trials.filter(({ state }) => state === "pruned");
    assert.ok(pruned.length > 0);
    assert.ok(pruned.every(({ iterations = 0 }) => iterations >= 5 && iterations < 40));
    assert.equal(trials[0].state, "complete");
    assert.ok((trials[0].loss ?? 9) < Math.min(...pruned.map(({ loss }) => loss ?? 0)));
  });

  it("counts a trial whose params cannot be had as failed, with the reason, and goes on", async function () {
    const folder = path.join(temporaryFolder(this), "failed");
    const space = { embedding: [0, 8], skipEmbedding: [true] };
    const options = { ...smallSearch, folder, trials: 6, sampler: "random" as const };
    const events: SearchEvent[] = [];
    for await (const event of search(smallLibrary(), space, options)) events.push(event);
    const trials = trialsOf(events);
    assert.equal(trials.length, 6);
    for (const { params, state, error, loss } of trials) {
      if (params.embedding === 8) assert.ok(loss !== null && state !== "failed");
      else assert.ok(state === "failed" && loss === null && /Expected `embedding` > 0/.test(error ?? ""));
    }
    assert.ok(trials.some(({ state }) => state === "failed") && trials[0].state === "complete");
  });

  it("measures also what was learned after the last validation, where there is none as well", async function () {
    for (const [validateEvery, iterations] of [
      [100, 6],
      [0, 6],
      [4, 6],
    ]) {
      const folder = path.join(temporaryFolder(this), `at-the-end-${validateEvery}`);
      const params = { ...smallSearch.params, iterations };
      const events = await searched(folder, { trials: 1, params, training: { validateEvery } });
      const validated = events.flatMap((event) =>
        event.type === "training" && event.event.type === "validation" ? [event.event.iteration] : [],
      );
      assert.deepEqual(validated, validateEvery === 4 ? [4, 6] : [6]);
      const [{ state, loss, iterations: made }] = trialsOf(events);
      assert.deepEqual([state, made, Number.isFinite(loss)], ["complete", 6, true]);
    }
  });

  it("has no best trial where none has a loss, and says why of each", async function () {
    const folder = path.join(temporaryFolder(this), "none");
    const space = { embedding: [0, 8], skipEmbedding: [true] };
    const options = { ...smallSearch, folder, trials: 1, sampler: "random" as const };
    for (let seed = 1; ; seed++) {
      const events: SearchEvent[] = [];
      for await (const event of search(smallLibrary(), space, { ...options, name: `${seed}`, seed }))
        events.push(event);
      const end = events[events.length - 1];
      assert.ok(end.type === "end");
      const [{ params, state, loss, error }] = end.trials;
      assert.equal(end.best?.trial, params.embedding === 8 ? 0 : undefined);
      if (params.embedding === 8) continue;
      assert.deepEqual([end.best, state, loss], [null, "failed", null]);
      assert.match(error ?? "", /Expected `embedding` > 0/);
      break;
    }
  });

  it("refuses a space of which nothing can be trained with, before the first trial", async function () {
    const folder = path.join(temporaryFolder(this), "hopeless");
    const { batchSize } = smallSearch.params ?? {};
    const begin = (space: Space, params: Partial<Params> = {}) =>
      search(smallLibrary(), space, { ...smallSearch, params: { batchSize, ...params }, folder }).next();
    await assert.rejects(
      begin({ steps: [4000, 3000] }),
      /got none: there is no text of at least 4001 characters/,
    );
    await assert.rejects(begin({ steps: { from: 300, to: 400 } }), /at least 301 characters .* is held out/);
    await assert.rejects(
      begin({ embedding: [0], skipEmbedding: [true] }),
      /got none: Expected `embedding` > 0/,
    );
    await assert.rejects(begin({ layers: [1, 2] }, { labels: ["mood"] }), /texts with the label `mood`/);
    assert.ok(!fs.existsSync(folder));
  });

  it("refuses to go on with other settings", async function () {
    const folder = path.join(temporaryFolder(this), "other");
    await searched(folder, { trials: 1 });
    await assert.rejects(
      searched(folder, { params: { ...smallSearch.params, iterations: 30 } }),
      /The search "other" was begun with other settings: `params` is \{.*30.*\} here and \{.*20.*\} there/,
    );
  });

  it("echoes an option or a space that makes no sense, before anything is begun", async function () {
    const folder = path.join(temporaryFolder(this), "none");
    await assert.rejects(
      searched(folder, { trials: 0 }),
      /Expected `trials` to be a whole number of at least 1, got 0/,
    );
    await assert.rejects(
      searched(folder, { storage: "mysql://me:secret@host/searches" }),
      /Expected `storage` as postgresql:.* got mysql:\/\/me:…@host\/searches/,
    );
    await assert.rejects(searched(folder, { grace: 1 }), /Expected `grace` above `heartbeat`, 1, got 1/);
    const begin = (space: object) => search(smallLibrary(), space, { ...smallSearch, folder }).next();
    await assert.rejects(begin({}), /Expected a space with something to choose/);
    await assert.rejects(begin({ neuron: [4] }), /Unknown parameter `neuron`/);
    await assert.rejects(begin({ layers: [1, 20] }), /Expected `layers` between 1 and 16, got 20/);
    await assert.rejects(
      begin({ steps: [8] }),
      /Expected `steps` in the space or in `params`, got it in both/,
    );
    await assert.rejects(begin({ dropout: { from: 0, to: 0.5, log: true } }), /above 0 with `log`, got 0/);
    assert.ok(!fs.existsSync(folder));
  });
});
