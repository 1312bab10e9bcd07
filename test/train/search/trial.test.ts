import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import type { Engine } from "../../../lib/train/search/engine";
import { makeTrial } from "../../../lib/train/search/trial";
import { temporaryFolder } from "../../setup/machine";
import { smallLibrary, smallParams } from "../small";

function fakeEngine(answers: Partial<Engine>): Engine {
  const nextNotice = () => new Promise<void>(() => undefined);
  return { notices: [], nextNotice, ...answers } as unknown as Engine;
}

/** Makes a trial for an engine that answers as it is told. */
async function made(folder: string, engine: Partial<Engine>, training = {}): Promise<void> {
  const options = {
    engine: fakeEngine(engine),
    library: smallLibrary(),
    folder,
  };
  const asked = { trial: 0, attempt: 3, params: { layers: 1 } };
  const events = makeTrial(asked, {
    ...options,
    params: { ...smallParams, layers: 1, iterations: 4 },
    training: { sampleEvery: 0, validateEvery: 2, ...training },
    stopped: () => false,
  });
  for await (const event of events) void event;
}

describe("makeTrial", () => {
  it("throws what went wrong first, though giving the trial back fails as well, and leaves nothing", async function () {
    const folder = temporaryFolder(this);
    const engine = {
      report: () => Promise.reject(new Error("the first error")),
      release: () => Promise.reject(new Error("the second error")),
    };
    await assert.rejects(made(folder, engine), /the first error/);
    assert.deepEqual(fs.readdirSync(folder), []);
  });

  it("leaves nothing of a trial that others have taken up, and tells nothing of it", async function () {
    const folder = temporaryFolder(this);
    await made(folder, { report: () => Promise.resolve({ lost: true }) });
    assert.deepEqual(fs.readdirSync(folder), []);
  });

  it("leaves alone what others write who have taken it up in the last moment", async function () {
    const folder = temporaryFolder(this);
    const [report, tell] = [{ prune: false }, { accepted: false }].map(
      (answer) => () => Promise.resolve(answer),
    );
    const theirs = path.join(folder, ".unfinished-trial-0000-4");
    fs.mkdirSync(theirs);
    await made(folder, { report, tell } as Partial<Engine>);
    assert.ok(fs.existsSync(theirs));
  });

  it("says where the disk is full which file could not be written", async function () {
    const folder = temporaryFolder(this);
    // As a full disk answers: a folder stands where the file is to be.
    fs.mkdirSync(path.join(folder, ".unfinished-trial-0000-3", "losses.csv"), { recursive: true });
    await assert.rejects(
      made(folder, { report: () => Promise.resolve({ prune: false }) }),
      /Could not write .*losses\.csv/,
    );
  });

  it("throws what went wrong first, though its losses cannot be written either", async function () {
    const folder = temporaryFolder(this);
    fs.mkdirSync(path.join(folder, ".unfinished-trial-0000-3", "losses.csv"), { recursive: true });
    const engine = {
      report: () => Promise.reject(new Error("the first error")),
      release: () => Promise.resolve(),
    };
    await assert.rejects(made(folder, engine), /the first error/);
    assert.deepEqual(fs.readdirSync(folder), []);
  });

  it("takes an error of the training for the trial's result", async function () {
    const folder = temporaryFolder(this);
    const told: unknown[] = [];
    const tell: Engine["tell"] = (result) => (told.push(result), Promise.resolve({ accepted: true }));
    // A prompt of which the network knows nothing ends the training with its first sample, after a validation.
    const training = { sampleEvery: 3, prompt: "§" };
    await made(folder, { report: () => Promise.resolve({ prune: false }), tell }, training);
    const [{ state, loss, error }] = told as { state: string; loss: number; error: string }[];
    assert.ok(state === "pruned" && Number.isFinite(loss) && /prompt/.test(error), JSON.stringify(told));
    const file = path.join(folder, "trial-0000", "trial.json");
    assert.equal((JSON.parse(fs.readFileSync(file, "utf8")) as { error: string }).error, error);
  });
});
