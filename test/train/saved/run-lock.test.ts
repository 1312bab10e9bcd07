import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { checkpointsIn } from "../../../lib/train/saved/run-folder";
import { lockRun } from "../../../lib/train/saved/run-lock";
import { train } from "../../../lib/train/train";
import { Training } from "../../../lib/train/training";
import { eventsOf, smallLibrary, smallParams } from "../small";

describe("a run has one writer", () => {
  let scratch = "";
  let run = "";
  beforeEach(async () => {
    scratch = await mkdtemp(path.join(tmpdir(), "palimpsest-"));
    run = path.join(scratch, "run");
  });
  afterEach(() => rm(scratch, { recursive: true }));

  const running = () => false;

  it("so that of two trainings in a process the second is refused, and the first keeps all it saved", async () => {
    const [first, second] = [1, 2].map((seed) => Training.start(smallLibrary(), { ...smallParams, seed }));
    const options = { checkpoints: run, checkpointEvery: 5, keep: 99, sampleEvery: 0 };
    let refusals = 0;
    for await (const event of train(await first, options)) {
      if (event.type !== "checkpoint") continue;
      await assert.rejects(
        eventsOf(await second, options),
        /the only writer of the run .*run, but this process is training there already: stop that first .* folder of its own/,
      );
      refusals++;
    }
    assert.ok(refusals > 2);
    assert.equal((await checkpointsIn(run)).length, refusals);
    await eventsOf(await second, options); // The first one has ended.
    assert.deepEqual((await readdir(scratch)).sort(), ["run", "run.before-1"]);
    (await first).dispose();
    (await second).dispose();
  });

  it("which lets go of it at a break, at an error, and where it cannot begin", async () => {
    const training = await Training.start(smallLibrary(), smallParams);
    const options = { checkpoints: run, logEvery: 1 };
    const left = train(training, options);
    await left.next();
    await left.return();
    const failing = async () => {
      for await (const event of train(training, options)) throw new Error(`shown badly: ${event.type}`);
    };
    await assert.rejects(failing(), /shown badly/);
    await writeFile(path.join(scratch, "file"), "");
    await assert.rejects(eventsOf(training, { checkpoints: path.join(scratch, "file", "run") }), /file/);
    await (await lockRun(run, running)).release();
    assert.ok((await readdir(scratch)).every((name) => !name.includes("writer")));
    training.dispose();
  });

  it("from whom another takes over that was told to stop, though it never came to its end", async () => {
    const controller = new AbortController();
    const [first, second] = [1, 2].map((seed) => Training.start(smallLibrary(), { ...smallParams, seed }));
    const abandoned = train(await first, {
      checkpoints: run,
      checkpointEvery: 1,
      logEvery: 1,
      signal: controller.signal,
    });
    await abandoned.next();
    controller.abort();
    await eventsOf(await second, { checkpoints: run, sampleEvery: 0 });
    await assert.rejects(
      abandoned.next(),
      /Expected to be the only training in .*run, but another cell has begun one there since/,
    );
    assert.equal((await checkpointsIn(run)).length, 1);
    (await first).dispose();
    (await second).dispose();
  });

  it("in another process, as long as that lives, by whatever path it is reached", async () => {
    await symlink(scratch, `${scratch}-link`);
    const child = spawn(process.execPath, ["--import", "tsx", path.join(__dirname, "hold-run.ts"), run], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      await once(child.stdout, "data");
      for (const place of [run, path.join(`${scratch}-link`, "run")])
        await assert.rejects(
          lockRun(place, running),
          new RegExp(
            `the only writer of the run .*run, but the process ${child.pid} is training there: stop it first`,
          ),
        );
      child.kill("SIGKILL");
      await once(child, "close");
      const lock = await lockRun(run, running);
      assert.equal((await readdir(scratch)).length, 1);
      await lock.release();
    } finally {
      child.kill("SIGKILL");
      await rm(`${scratch}-link`);
    }
  });

  it("on another machine, with the name of the note to remove if that one has ended", async () => {
    const note = path.join(scratch, ".run.writer-00000000-12-34");
    await writeFile(note, JSON.stringify({ pid: 12, host: `far-from-${hostname()}` }));
    await assert.rejects(lockRun(run, running), (error: Error) => {
      assert.match(error.message, /the process 12 on far-from-.* is, or was, training there/);
      return error.message.includes(note);
    });
    await rm(note);
    await (await lockRun(run, running)).release();
    assert.deepEqual(await readdir(scratch), []);
  });

  it("also where several ask at the same moment", async () => {
    const locks = await Promise.allSettled([1, 2, 3, 4].map(() => lockRun(run, running)));
    assert.equal(locks.filter(({ status }) => status === "fulfilled").length, 1);
    for (const lock of locks) if (lock.status === "fulfilled") await lock.value.release();
    assert.deepEqual(await readdir(scratch), []);
  });
});
