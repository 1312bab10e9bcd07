import assert from "node:assert/strict";
import path from "node:path";
import { temporaryFolder } from "../../setup/machine";
import { skipWithout } from "../../missing";
import { needsOptuna } from "./environment";
import { startPostgres, type PostgresServer } from "./postgres";
import { assertDoneOnce, open, startWorker, training } from "./workers";

describe("a search of several processes", function () {
  this.timeout(300_000);
  needsOptuna();

  it("takes up at once the trial of a process that was killed and whose engine lives on", async function () {
    const folder = path.join(temporaryFolder(this), "killed");
    const [first, second] = [startWorker(folder, "killed"), startWorker(folder, "killed")];
    await Promise.all([training(first), training(second)]);
    first.child.kill("SIGKILL");
    assert.equal(await first.ended, null);
    assert.equal(await second.ended, 0);
    assertDoneOnce(folder, [second]);
  });
});

describe("a search on PostgreSQL", function () {
  this.timeout(300_000);
  needsOptuna();
  let server: PostgresServer | undefined;
  let storage: string;

  before(async function () {
    const started = await startPostgres();
    if ("problem" in started) skipWithout("postgresql", started.problem, this);
    server = started;
    storage = started.storage;
  });
  after(() => server?.stop());

  it("ends with all trials done once where three processes take part and one is killed with its engine", async function () {
    const folder = path.join(temporaryFolder(this), "three");
    const workers = [1, 2, 3].map(() => startWorker(folder, "three", storage));
    await Promise.all(workers.map(training));
    const [killed, ...others] = workers;
    process.kill(-(killed.child.pid ?? 0), "SIGKILL");
    assert.equal(await killed.ended, null);
    const lost = open(killed);
    assert.equal(lost.length, 1);
    assert.deepEqual(await Promise.all(others.map(({ ended }) => ended)), [0, 0]);
    assertDoneOnce(folder, others);
    const again = others.flatMap(({ events }) => events.filter((event) => event.type === "trial"));
    assert.equal(again.filter(({ trial }) => trial === lost[0]).length, 1);
  });

  it("makes all trials once where the server is stopped, and then killed, in the midst of three processes, and ends none", async function () {
    const folder = path.join(temporaryFolder(this), "away");
    const workers = [1, 2, 3].map(() => startWorker(folder, "away", storage));
    await Promise.all(workers.map(training));
    await server?.away(5); // Longer than the grace of 3 s.
    await server?.away(1, "killed");
    assert.deepEqual(await Promise.all(workers.map(({ ended }) => ended)), [0, 0, 0]);
    assertDoneOnce(folder, workers);
    const events = workers.flatMap(({ events }) => events);
    const begun = events.flatMap((event) => (event.type === "trial" ? [event.trial] : []));
    assert.equal(new Set(begun).size, begun.length, "none was begun twice");
    const told = events.flatMap((event) => (event.type === "database" ? [event] : []));
    assert.ok(told.some(({ answers, reason }) => !answers && /connection|terminating/.test(reason ?? "")));
    assert.ok(told.some(({ answers, seconds }) => answers && seconds > 2));
  });

  it("takes a process that comes later, with a folder of its own", async function () {
    const parent = temporaryFolder(this);
    const early = startWorker(path.join(parent, "early"), "joined", storage);
    await training(early);
    const late = startWorker(path.join(parent, "late"), "joined", storage);
    assert.deepEqual(await Promise.all([early.ended, late.ended]), [0, 0]);
    const made = [early, late].map(({ events }) =>
      events.flatMap((event) => (event.type === "trial" ? [event.trial] : [])),
    );
    assert.ok(made.every((trials) => trials.length > 0));
    assert.deepEqual(
      made.flat().sort((a, b) => a - b),
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    );
  });
});
