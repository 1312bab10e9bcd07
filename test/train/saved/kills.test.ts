import assert from "node:assert/strict";
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { random } from "../../../lib/base/random";
import { loadModel, resumeTraining } from "../../../lib/train/saved/checkpoint";
import { checkpointsIn, iterationOf } from "../../../lib/train/saved/run-folder";
import { train } from "../../../lib/train/train";
import { Training } from "../../../lib/train/training";
import { digestOf, endlessParams, eventsOf, smallLibrary } from "../small";

/** With `--thorough` a hundred, which take two to three minutes. */
const kills = Number(process.env.PALIMPSEST_KILLS ?? 5);
const seed = Number(process.env.PALIMPSEST_SEED ?? 7);

describe("two processes that want to write a run, and are killed again and again", () => {
  let run = "";
  before(async () => {
    run = path.join(await mkdtemp(path.join(tmpdir(), "palimpsest-")), "run");
  });
  after(() => rm(path.dirname(run), { recursive: true }));

  it("lose no checkpoint of which they have told, and go on from it bit for bit", async function () {
    this.timeout(30_000 + kills * 5_000);
    const draw = random(seed);
    const undisturbed = new Undisturbed();
    const told = new Told();
    const writers = [new Writer(run, told), new Writer(run, told)];
    const spare: Writer[] = [];
    let unannounced = 0;
    let held = 0;
    try {
      await writers[0].begin();
      await told.oneMore(); // Else both would begin a training of their own.
      await writers[1].begin();
      spare.push(...[1, 2].slice(0, kills - 1).map(() => new Writer(run, told)));
      for (let kill = 1; kill <= kills; kill++) {
        await told.oneMore(); // Where the one that was killed before held the run, it has been taken over.
        await setTimeout(100 * draw());
        const [killed] = writers.splice(draw() < 0.5 ? 0 : 1, 1);
        await killed.kill();
        const [other] = writers;
        other.process.kill("SIGSTOP");
        const where = `kill ${kill} of the seed ${seed}`;
        const notes = (await readdir(path.dirname(run))).filter((name) => name.includes("writer"));
        if (notes.some((name) => name.includes(`-${killed.process.pid}-`))) held++;
        const newest = (await checkpointsIn(run)).at(-1)!;
        const iteration = iterationOf(newest);
        assert.ok(iteration >= told.newest, `${where}: ${told.newest} is lost, ${iteration} is the newest`);
        if (iteration > told.newest) unannounced++;
        const resumed = await resumeTraining(newest, smallLibrary(), endlessParams);
        assert.equal(resumed.position.iteration, iteration, where);
        assert.equal(digestOf(resumed), await undisturbed.digestAt(iteration), `${where}: ${newest}`);
        resumed.dispose();
        other.process.kill("SIGCONT");
        const next = spare.shift();
        if (!next) break;
        await next.begin();
        writers.push(next);
        if (kill + 2 < kills) spare.push(new Writer(run, told));
      }
    } finally {
      await Promise.all([...writers, ...spare].map((writer) => writer.kill()));
    }
    assert.deepEqual(told.failed, []);
    for (const { iteration, digest } of told.checkpoints)
      assert.equal(digest, await undisturbed.digestAt(iteration), `iteration ${iteration}`);
    for (const checkpoint of await checkpointsIn(run)) (await loadModel(checkpoint)).dispose();
    // Whoever comes last takes the run over, and nothing half-written is left.
    const last = await resumeTraining(run, smallLibrary());
    await eventsOf(last, { checkpoints: run, seconds: 0.1, sampleEvery: 0 });
    last.dispose();
    undisturbed.dispose();
    assert.deepEqual(await readdir(path.dirname(run)), ["run"]);
    assert.ok((await readdir(run)).every((name) => /^iteration-\d+$/.test(name)));
    if (kills >= 100)
      console.log(
        `      Of ${kills} kills ${held} of the one that held the run; ${told.checkpoints.length} checkpoints told of, ` +
          `${unannounced} that stood and were not told of yet; ${told.refused} times a writer was refused`,
      );
  });
});

/** What all writers have told. */
class Told {
  readonly checkpoints: { readonly iteration: number; readonly digest: string }[] = [];
  readonly failed: string[] = [];
  refused = 0;
  private readonly waiting: (() => void)[] = [];

  /** The iteration of the newest checkpoint; 0 before the first. */
  get newest(): number {
    return Math.max(0, ...this.checkpoints.map(({ iteration }) => iteration));
  }

  hear(line: string): void {
    const [, iteration, digest] = /^(\d+) (\w+)$/.exec(line) ?? [];
    if (digest) this.checkpoints.push({ iteration: Number(iteration), digest });
    else if (line === "refused") this.refused++;
    else if (line !== "ready") this.failed.push(line);
    if (digest || this.failed.length) for (const go of this.waiting.splice(0)) go();
  }

  /** Waits for another checkpoint, or for something that must not be. */
  oneMore(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

class Writer {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  private readonly ready: Promise<unknown>;
  private readonly closed: Promise<unknown>;

  /** A process takes a second until it is ready; then it waits for `begin`. */
  constructor(run: string, told: Told) {
    const script = path.join(__dirname, "write-in-turns.ts");
    this.process = spawn(process.execPath, ["--require", "tsx/cjs", script, run], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.closed = once(this.process, "close");
    this.ready = once(this.process.stdout, "data");
    let rest = "";
    this.process.stdout.setEncoding("utf8").on("data", (some: string) => {
      const lines = (rest + some).split("\n");
      rest = lines.pop()!;
      lines.forEach((line) => told.hear(line));
    });
  }

  async begin(): Promise<void> {
    await this.ready;
    this.process.stdin.write("go on\n");
  }

  /** Resolves once all is heard that it has told. */
  async kill(): Promise<void> {
    this.process.kill("SIGKILL");
    await this.closed;
  }
}

/** The same training, which nobody stops. */
class Undisturbed {
  private readonly digests: string[] = [];
  private training: Training | undefined;
  private steps: AsyncIterator<unknown> | undefined;

  async digestAt(iteration: number): Promise<string> {
    this.training ??= await Training.start(smallLibrary(), endlessParams);
    this.steps ??= train(this.training, { logEvery: 1, sampleEvery: 0, validateEvery: 0 });
    while (this.digests[iteration] === undefined) {
      await this.steps.next();
      this.digests[this.training.position.iteration] = digestOf(this.training);
    }
    return this.digests[iteration];
  }

  dispose(): void {
    void this.steps?.return?.();
    this.training?.dispose();
  }
}
