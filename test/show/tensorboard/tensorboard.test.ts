import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { tensorboard } from "../../../lib/show/tensorboard/tensorboard";
import { resumeTraining } from "../../../lib/train/saved/checkpoint";
import type { HistoryEntry, TrainingEvent } from "../../../lib/train/events";
import type { TrainOptions } from "../../../lib/train/options";
import { train } from "../../../lib/train/train";
import { Training } from "../../../lib/train/training";
import { SetupFailure } from "../../../setup/bare/failure.mjs";
import { pythonEnvironment } from "../../../setup/environment";
import { skipWithout } from "../../missing";
import { temporaryFolder } from "../../setup/machine";
import { smallLibrary, smallParams } from "../../train/small";

/** What `read.py` tells of a run. */
interface Run {
  /** Step, value and seconds since 1970. */
  readonly scalars: Readonly<Record<string, readonly (readonly [number, number, number])[]>>;
  readonly texts: Readonly<Record<string, readonly (readonly [number, string])[]>>;
  readonly html: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, unknown>>;
  readonly group: string;
  readonly ended: boolean;
}

const options = { logEvery: 5, validateEvery: 10, sampleEvery: 10, temperatures: [0.5], sampleLength: 60 };

describe("tensorboard", () => {
  let python: string;

  before(async function () {
    this.timeout(600_000);
    const requirements = "test/show/tensorboard/requirements.txt";
    try {
      python = await pythonEnvironment(process.cwd(), { name: "tensorboard", requirements });
    } catch (error) {
      if (!(error instanceof SetupFailure)) throw error;
      skipWithout("tensorboard", error.message, this);
    }
  });

  function read(folder: string): Run {
    const script = path.join(__dirname, "read.py");
    return JSON.parse(execFileSync(python, [script, folder], { encoding: "utf8" })) as Run;
  }

  async function follow(
    training: Training,
    folder: string,
    given: TrainOptions = {},
  ): Promise<TrainingEvent[]> {
    const events: TrainingEvent[] = [];
    for await (const event of tensorboard(train(training, { ...options, ...given }), { folder, training }))
      events.push(event);
    return events;
  }

  it("passes all events on, and TensorBoard reads their numbers", async function () {
    const folder = path.join(temporaryFolder(this), "small");
    const training = await Training.start(smallLibrary(), smallParams);
    const events = await follow(training, folder);
    assert.deepEqual(events.slice(0, -1), training.position.history);
    const { scalars } = read(folder);
    const curves = Object.entries(scalars).map(([tag, points]) => [tag, points.map(([step]) => step)]);
    const [steps, validations] = [
      [5, 10, 15, 20],
      [10, 20],
    ];
    assert.deepEqual(Object.fromEntries(curves), {
      "loss/training": steps,
      "accuracy/training": steps,
      "learning rate": steps,
      "gradient norm": steps,
      "tokens per second": steps,
      epoch: steps,
      "loss/validation": validations,
      "accuracy/validation": validations,
      "copied share/temperature 0.5": validations,
      "longest copy/temperature 0.5": validations,
    });
    const told = (tag: string) => (scalars[tag] ?? []).map(([, value]) => value);
    assertClose(told("loss/training"), numbers(events, "step", "crossEntropy"));
    assertClose(told("accuracy/training"), numbers(events, "step", "accuracy"));
    assertClose(told("learning rate"), numbers(events, "step", "learningRate"));
    assertClose(told("gradient norm"), numbers(events, "step", "gradientNorm"));
    assertClose(told("tokens per second"), numbers(events, "step", "tokensPerSecond"));
    assertClose(told("loss/validation"), numbers(events, "validation", "crossEntropy"));
    training.dispose();
  });

  it("tells samples as text that stays as it is, and how much of them is copied", async function () {
    const folder = path.join(temporaryFolder(this), "samples");
    const training = await Training.start(smallLibrary(), smallParams);
    const [{ content }] = training.library.training;
    const copied = content.slice(20, 60);
    const text = `${copied}\n<b>*new* words</b>, a & b`;
    const told = async function* () {
      yield { type: "sample", iteration: 10, temperature: 0.5, prompt: "", text } as const;
    };
    for await (const event of tensorboard(told(), { folder, training })) assert.equal(event.iteration, 10);
    const { texts, html, scalars } = read(folder);
    assert.deepEqual(texts["sample/temperature 0.5"], [[10, text.replace(/^/gm, "    ")]]);
    const escaped = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
    assert.ok(
      html["sample/temperature 0.5"].includes(`<pre><code>${escaped}`),
      html["sample/temperature 0.5"],
    );
    const [[, share]] = scalars["copied share/temperature 0.5"];
    const [[, longest]] = scalars["longest copy/temperature 0.5"];
    const letters = (words: string) => words.replace(/[^a-z]/gi, "").length;
    assert.equal(longest, copied.trim().length);
    assert.ok(Math.abs(share - letters(copied) / letters(text)) < 1e-6);
    training.dispose();
  });

  it("tells the params as hyperparameters, and that the training has ended", async function () {
    const folder = path.join(temporaryFolder(this), "settings");
    const training = await Training.start(smallLibrary(), smallParams);
    await follow(training, folder);
    const { params, group, ended } = read(folder);
    const lists = (value: unknown) => (Array.isArray(value) ? value.join() : value);
    const told = Object.entries(training.model.params).map(([name, value]) => [name, lists(value)]);
    assert.deepEqual(params, Object.fromEntries(told));
    assert.match(group, /^settings [0-9a-f]{8}$/);
    assert.ok(ended);
    training.dispose();
  });

  it("gives runs in folders of the same last name rows of their own, and a run that goes on the one it had", async function () {
    const folders = ["one", "other"].map((name) => path.join(temporaryFolder(this), name, "run"));
    const training = await Training.start(smallLibrary(), smallParams);
    await follow(training, folders[0], { seconds: 0.001 });
    const [before] = [read(folders[0]).group];
    await follow(training, folders[0]);
    await follow(training, folders[1]);
    const [one, other] = folders.map((folder) => read(folder).group);
    assert.equal(one, before);
    assert.notEqual(one, other);
    training.dispose();
  });

  it("goes on in its run from an older checkpoint, every step once and as it was made last", async function () {
    const parent = temporaryFolder(this);
    const [folder, checkpoints] = [path.join(parent, "run"), path.join(parent, "checkpoints")];
    const first = await Training.start(smallLibrary(), { ...smallParams, iterations: 40 });
    for await (const { type, iteration } of tensorboard(
      train(first, { ...options, checkpoints, checkpointEvery: 10 }),
      { folder, training: first },
    ))
      if (type === "step" && iteration === 25) break;
    const died = read(folder).scalars["loss/training"].map(([step]) => step);
    assert.deepEqual(died, [5, 10, 15, 20, 25]);

    const second = await resumeTraining(path.join(checkpoints, "iteration-0000020"), smallLibrary());
    await follow(second, folder);
    const { scalars, texts } = read(folder);
    const losses = scalars["loss/training"];
    assert.deepEqual(
      losses.map(([step]) => step),
      [5, 10, 15, 20, 25, 30, 35, 40],
    );
    assertClose(
      losses.map(([, loss]) => loss),
      numbers(second.position.history, "step", "crossEntropy"),
    );
    assert.deepEqual(
      texts["sample/temperature 0.5"].map(([step]) => step),
      [10, 20, 30, 40],
    );
    assert.equal(fs.readdirSync(folder).length, 2);
    [first, second].forEach((training) => training.dispose());
  });

  it("begins with what the training told before, where nobody wrote that", async function () {
    const folder = path.join(temporaryFolder(this), "late");
    const training = await Training.start(smallLibrary(), { ...smallParams, iterations: 20 });
    for await (const { iteration } of train(training, options)) if (iteration === 10) break;
    await follow(training, folder);
    const losses = read(folder).scalars["loss/training"];
    assert.deepEqual(
      losses.map(([step]) => step),
      [5, 10, 15, 20],
    );
    const times = losses.map(([, , time]) => time);
    assert.deepEqual(
      times,
      [...times].sort((a, b) => a - b),
    );
    training.dispose();
  });

  it("sets aside what another training left", async function () {
    const folder = path.join(temporaryFolder(this), "run");
    for (const iterations of [10, 20]) {
      const training = await Training.start(smallLibrary(), { ...smallParams, iterations });
      await follow(training, folder);
      training.dispose();
    }
    const last = (run: string) =>
      read(run)
        .scalars["loss/training"].map(([step]) => step)
        .pop();
    assert.equal(last(folder), 20);
    assert.equal(last(`${folder}.before-1`), 10);
  });
});

/** A number of all events of a kind. */
function numbers(
  events: readonly (TrainingEvent | HistoryEntry)[],
  type: TrainingEvent["type"],
  name: string,
): number[] {
  return events
    .filter((event) => event.type === type)
    .map((event) => (event as unknown as Record<string, number>)[name]);
}

/** Event files hold numbers in single precision. */
function assertClose(actual: readonly number[], expected: readonly number[]): void {
  assert.deepEqual(actual, expected.map(Math.fround));
}
