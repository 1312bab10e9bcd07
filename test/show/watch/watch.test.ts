import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { TrainingRecord } from "../../../lib/show/watch/training-record";
import { watch } from "../../../lib/show/watch/watch";
import type { TrainingEvent } from "../../../lib/train/events";
import { Training } from "../../../lib/train/training";
import { smallLibrary, smallParams } from "../../train/small";
import { inRecordedNotebook, type Output } from "./recording";
import { book, sampleAt, stepAt, tell, wholeTraining } from "../told";

const library = { training: [book] };

async function watched(
  events: AsyncIterable<TrainingEvent>,
): Promise<{ record: TrainingRecord; outputs: Output[] }> {
  let record = new TrainingRecord([book]);
  const outputs = await inRecordedNotebook(async () => {
    record = await watch(events, library);
  });
  return { record, outputs };
}

describe("watch in a notebook", () => {
  it("shows a chart, a line and the newest samples, each in one place", async () => {
    const { outputs } = await watched(tell(wholeTraining));
    assert.equal(outputs.length, 3);
    const [chart, line, samples] = outputs.map(({ html }) => html);
    assert.ok(chart[0].includes("<script>"));
    assert.ok(line[0].includes("The training begins"));
    assert.equal(samples[0], "");
    assert.ok(samples.length > 4);
  });

  it("ends as a still picture and a sentence, with no script left", async () => {
    const { outputs } = await watched(tell(wholeTraining));
    const [chart, line, samples] = outputs.map(({ html }) => html.at(-1) ?? "");
    assert.ok(chart.startsWith("<img ") && chart.includes("cross-entropy 1.457, in validation 1.500"));
    assert.match(
      line,
      />finished after 20 iterations and 1 min 1 s<\/div><div[^>]*>cross-entropy 1\.457, in validation/,
    );
    assert.ok(line.includes("checkpoint at iteration 20: data/runs/emma/20, the best so far"));
    assert.ok(!/<script|<progress/.test(chart + line + samples));
  });

  it("shows the newest sample of each temperature with its copies, all text escaped", async () => {
    const { outputs } = await watched(tell(wholeTraining));
    const samples = outputs[2].html.at(-1) ?? "";
    const labels = [...samples.matchAll(/<bdi>(temperature [\d.]+, iteration \d+)/g)].map(
      ([, label]) => label,
    );
    assert.deepEqual(labels, ["temperature 0.5, iteration 20", "temperature 0.9, iteration 20"]);
    assert.ok(samples.includes("Emma Woodhouse, handsome, clever, and </mark>"));
    assert.ok(samples.includes("&lt;clever&gt; &amp; rich"));
  });

  it("returns all that was told", async () => {
    const { record } = await watched(tell(wholeTraining));
    assert.equal(record.samples.length, 4);
    assert.equal(record.end?.reason, "finished");
  });

  it("begins the chart with what was told before", async () => {
    const outputs = await inRecordedNotebook(() =>
      watch(tell([stepAt(20, 1.5)]), library, { history: [stepAt(10, 3), sampleAt(10, 0.5, "before")] }),
    );
    assert.ok(outputs[0].text[0].startsWith("Training at iteration 10: cross-entropy 3.000"));
    assert.ok(outputs[2].html[0].includes("before"));
  });

  it("lets others run between two events", async () => {
    let turns = 0;
    const timer = setInterval(() => turns++);
    const slow = async function* () {
      for (let iteration = 1; iteration <= 50; iteration++) {
        const until = performance.now() + 2;
        while (performance.now() < until);
        yield stepAt(iteration, 2);
      }
    };
    await watched(slow());
    clearInterval(timer);
    assert.ok(turns > 0);
  });

  it("no longer says that validation rises once it has fallen below again", async () => {
    const at = (iteration: number, crossEntropy: number) =>
      ({ type: "validation", iteration, crossEntropy, accuracy: 0.4 }) as const;
    const turn = (iteration: number, text: string) =>
      ({ type: "notice", iteration, about: "overfitting", text }) as const;
    const told = [stepAt(10, 2), at(10, 2), at(20, 2.1), at(30, 2.2), turn(30, "Rising since 10.")];
    const later = [at(40, 1.9), at(50, 2), at(60, 2.1), turn(60, "Rising since 40.")];
    const line = async (events: TrainingEvent[]) =>
      (await watched(tell(events))).outputs[1].text.at(-1) ?? "";
    assert.match(await line(told), /Rising since 10\./);
    assert.doesNotMatch(await line([...told, ...later.slice(0, 1)]), /Rising/);
    const both = await line([...told, ...later]);
    assert.ok(both.includes("Rising since 40.") && !both.includes("Rising since 10."), both);
  });

  it("leaves a still picture behind where the training breaks off with an error", async () => {
    const broken = async function* () {
      yield stepAt(10, 3);
      throw new Error("out of memory");
    };
    const outputs = await inRecordedNotebook(() => assert.rejects(watch(broken(), library), /out of memory/));
    assert.ok(outputs[0].html.at(-1)?.startsWith("<img "));
    assert.ok(outputs[1].text.at(-1)?.startsWith("stopped at iteration 10\ncross-entropy 3.000"));
  });
});

describe("watch of what does not begin", () => {
  it("leaves no empty chart above the error", async () => {
    // eslint-disable-next-line require-yield
    const refused = async function* (): AsyncGenerator<TrainingEvent> {
      throw new Error("Unknown option");
    };
    const outputs = await inRecordedNotebook(() => assert.rejects(watch(refused(), library), /Unknown/));
    assert.deepEqual(
      outputs.map(({ html }) => html.at(-1)),
      ["", "", ""],
    );
  });
});

describe("watch in a terminal", () => {
  it("prints a line for each event, and the samples with their copies marked", async () => {
    const program = path.join(__dirname, "print-training.ts");
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", program]);
    assert.deepEqual(
      stdout.split("\n").filter((line) => /^(epoch|validation|checkpoint|finished)/.test(line)),
      [
        "epoch 1.00 · iteration 10 of 20 · cross-entropy 3.200 · accuracy 50.0% · 1,000 tokens/s · 10 s left",
        "validation at iteration 10: cross-entropy 3.400, accuracy 40.0%",
        "epoch 2.00 · iteration 20 of 20 · cross-entropy 1.457 · accuracy 50.0% · 1,000 tokens/s · 0 s left",
        "validation at iteration 20: cross-entropy 1.500, accuracy 40.0%",
        "checkpoint at iteration 20: data/runs/emma/20, the best so far",
        "finished after 20 iterations and 1 min 1 s; cross-entropy 1.457, in validation 1.500; accuracy 50.0%, " +
          "in validation 40.0%; copied in the last samples 0.0% at temperature 0.9, 78.9% at temperature 0.5; longest copy 37 characters",
      ],
    );
    assert.match(stdout, /«Emma Woodhouse, handsome, clever, and ?» ?\[1\]/);
    assert.ok(stdout.includes("She was <clever> & rich"));
  });
});

describe("watch of a training", () => {
  it("trains it until validation no longer falls, and shows also what there was before", async () => {
    const training = await Training.start(smallLibrary(), {
      ...{ ...smallParams, neurons: 48, batchSize: 8, iterations: 400 },
      ...{ learningRate: 0.05, schedule: "constant" },
    });
    const options = { validateEvery: 10, sampleEvery: 0 };
    let first: TrainingRecord | undefined;
    let record: TrainingRecord | undefined;
    const outputs = await inRecordedNotebook(async () => {
      first = await watch(training, { ...options, signal: AbortSignal.timeout(200) });
      record = await watch(training, options);
    });
    assert.equal(first?.end?.reason, "interrupted");
    assert.equal(record?.end?.reason, "patience");
    assert.ok(record.steps.length > first.steps.length && record.steps[0] === first.steps[0]);
    assert.match(
      outputs[4].html.at(-1) ?? "",
      /as validation has not fallen since iteration \d+; the network is that of/,
    );
    assert.match(outputs[4].html.at(-1) ?? "", /Validation has been rising since iteration \d+/);
    assert.equal(training.best.iteration, record.end.best?.iteration);
    training.dispose();
  });
});
