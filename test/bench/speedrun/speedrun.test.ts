import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { readArguments } from "../../../bench/speedrun/arguments";
import { windowLoss } from "../../../bench/speedrun/windows";
import { Model } from "../../../lib/network/model";
import { tf } from "../../../lib/network/tensorflow";
import { Vocabulary } from "../../../lib/text/tokens/vocabulary";
import { smallLibrary } from "../../train/small";
import { temporaryFolder } from "../../setup/machine";

describe("npm run speedrun", () => {
  it("trains ours quickly, prints a table and writes numbers, chart and record", async function () {
    this.timeout(180_000);
    const folder = temporaryFolder(this);
    const text = path.join(folder, "sea.txt");
    fs.writeFileSync(
      text,
      smallLibrary()
        .texts.map(({ content }) => content.repeat(3))
        .join(""),
    );
    const command = ["setup/run.mjs", "bench/speedrun/speedrun.ts", text, "--quick", "--seconds", "0.5"];
    const { stdout } = await promisify(execFile)(process.execPath, [...command, "--output", folder]);
    assert.match(stdout, /Validation loss in nats a character, by seconds of training steps/);
    const written = (end: string) => {
      const file = fs.readdirSync(folder).find((name) => name.endsWith(end));
      return fs.readFileSync(path.join(folder, file!), "utf8");
    };
    const { runs } = JSON.parse(written(".json")) as {
      runs: { points: { loss: number }[]; windows: number }[];
    };
    assert.equal(runs.length, 1);
    const losses = runs[0].points.map(({ loss }) => loss);
    assert.equal(losses.length, 3);
    assert.ok(losses[2] < losses[0], losses.join());
    assert.ok(runs[0].windows > 0);
    assert.match(written(".svg"), /^<svg /);
    assert.match(written(".md"), /sea\.txt, [\d,]+ characters and [\d,]+ held out/);
  });

  it("understands its options, and says what is wrong with them", () => {
    const options = readArguments([
      "a.txt",
      "--seconds",
      "60",
      "--seeds",
      "1,2,3",
      "--only",
      "palimpsest,small",
    ]);
    assert.equal(options.text, "a.txt");
    assert.equal(options.seconds, 60);
    assert.deepEqual(options.seeds, [1, 2, 3]);
    assert.deepEqual(options.only, ["palimpsest", "small"]);
    assert.equal(options.checks, 18);
    const refused = (args: string[], message: RegExp) => assert.throws(() => readArguments(args), message);
    refused([], /Expected one text, got 0: name its file/);
    refused(["a.txt", "--seconds", "0"], /Expected `--seconds` to be a number above 0, got "0"/);
    refused(["a.txt", "--seeds", "1,x"], /Expected `--seeds` to be whole numbers of at least 0, got "x"/);
    refused(["a.txt", "--fast"], /Unknown option '--fast'/);
  });
});

describe("windowLoss(model, text, window)", () => {
  it("is the mean over windows, each of which begins with an empty state", async () => {
    const text = "the sea is a sea, and the sea is the sea. ".repeat(9);
    const model = await Model.create({ neurons: 6, layers: 1 }, Vocabulary.of([text]));
    const ids = model.vocabulary.encode(text);
    const before = tf.memory().numTensors;
    const loss = await windowLoss(model, text, 5);
    assert.equal(tf.memory().numTensors, before, "tensors are left behind");
    let [sum, count] = [0, 0];
    for (let begin = 0; begin + 5 < ids.length; begin += 5) {
      tf.tidy(() => {
        const { logits } = model.read(
          tf.tensor2d(ids.slice(begin, begin + 5), [5, 1], "int32"),
          model.zeroState(1),
        );
        const likely = tf.logSoftmax(logits).arraySync() as number[][];
        likely.forEach((row, at) => (sum -= row[ids[begin + at + 1]]));
      });
      count += 5;
    }
    assert.ok(Math.abs(loss - sum / count) < 1e-4, `${loss} and ${sum / count}`);
    await assert.rejects(windowLoss(model, "the", 5), /Expected a text of at least 6 tokens, got 3/);
    model.dispose();
  });
});
