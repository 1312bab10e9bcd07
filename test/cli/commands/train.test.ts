import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { TextLibrary } from "../../../lib/text/library";
import { loadModel, resumeTraining } from "../../../lib/train/saved/checkpoint";
import { train } from "../../../lib/train/train";
import { Training } from "../../../lib/train/training";
import { jsonLines, run, small, start, workFolder, writeBook } from "../command";

/** The weights of a checkpoint and what its training remembers, byte for byte. */
function weightsIn(folder: string): Buffer {
  return readFileSync(path.join(folder, "weights.bin"));
}

describe("palimpsest train", function () {
  this.timeout(120_000);
  const folder = workFolder();
  const runs = path.join(folder, "data", "runs");
  before(() => {
    writeBook(path.join(folder, "sea.txt"), ["wave", "salt", "the", "sail", "of"], 1);
    writeBook(path.join(folder, "hill.txt"), ["rock", "goat", "the", "high", "on"], 2);
  });

  it("leaves a run, tells it in plain lines, and goes on where it stopped, by the same steps", async () => {
    const line = `train sea.txt hill.txt ${small} --sample-every 0 --schedule constant`;
    const straight = await run(folder, `${line} --run straight --iterations 20`);
    assert.equal(straight.exitCode, 0, straight.stderr);
    assert.match(
      straight.stdout,
      /^epoch 0\.\d\d · iteration 10 of 20 · cross-entropy \d\.\d{3} · accuracy .* left$/m,
    );
    assert.match(straight.stdout, /^checkpoint at iteration 20: data\/runs\/straight\/iteration-0000020/m);
    assert.match(straight.stdout, /finished after 20 iterations/);
    assert.doesNotMatch(straight.stdout, /\x1b|\r/); // eslint-disable-line no-control-regex -- for terminals
    assert.match(straight.stderr, /^data\/runs\/straight: \d+ weights, 20 iterations; /m);

    assert.equal((await run(folder, `${line} --run halves --iterations 10`)).exitCode, 0);
    const resumed = await run(folder, "train --run halves --resume --iterations 20 --sample-every 0");
    assert.equal(resumed.exitCode, 0, resumed.stderr);
    assert.match(resumed.stderr, /from iteration 10/);
    const [one, other] = ["straight", "halves"].map((name) => path.join(runs, name, "iteration-0000020"));
    assert.deepEqual(weightsIn(one), weightsIn(other));
  });

  it("ends with one sentence and exit code 1 where it diverges, and its run keeps what was good", async () => {
    const params =
      "--embedding 48 --skip-embedding --attention --optimizer sgd --learning-rate 10 --clip-norm 0 --warmup 0";
    const line = `train sea.txt ${small} ${params} --layers 1 --iterations 500 --sample-every 0 --checkpoint-every 2`;
    const { exitCode, stderr } = await run(folder, `${line} --run wild`);
    assert.equal(exitCode, 1, stderr);
    const [sentence] = /^palimpsest: The training has diverged: at iteration .*$/m.exec(stderr) ?? [stderr];
    assert.match(
      sentence,
      /The last good checkpoint is data\/runs\/wild\/iteration-\d+: begin with its weights \(`--from`/,
    );
    assert.match(
      sentence,
      /with a lower --learning-rate than 10, a longer --warmup than 0 or a --clip-norm such as 0\.2\.$/,
    );
    assert.doesNotMatch(stderr, /^\s+at /m); // a stack
    const model = await loadModel(path.join(runs, "wild"));
    for (const [, weight] of model.weights) assert.ok(weight.dataSync().every(Number.isFinite));
    model.dispose();
  });

  it("reads texts from disk with --stream, learns the same by it, and goes on so", async () => {
    writeFileSync(path.join(folder, "hill.txt.gz"), gzipSync(readFileSync(path.join(folder, "hill.txt"))));
    const line = `train sea.txt hill.txt.gz ${small} --sample-every 10 --sample-length 30 --schedule constant`;
    assert.equal((await run(folder, `${line} --run memory --iterations 20`)).exitCode, 0);
    const streamed = await run(folder, `${line} --run disk --iterations 10 --stream`);
    assert.equal(streamed.exitCode, 0, streamed.stderr);
    const indexes = path.join(folder, "data", "indexes");
    assert.equal(readdirSync(indexes).length, 1);
    rmSync(indexes, { recursive: true });
    const resumed = await run(folder, "train --run disk --resume --iterations 20 --sample-every 0");
    assert.equal(resumed.exitCode, 0, resumed.stderr);
    const [one, other] = ["memory", "disk"].map((name) => path.join(runs, name, "iteration-0000020"));
    assert.deepEqual(weightsIn(one), weightsIn(other));
    assert.deepEqual(readdirSync(path.join(folder, "data", "streams")).length, 1);
    assert.ok(!existsSync(indexes), "an index that nothing asks for");
    const traced = JSON.parse((await run(folder, "trace sea.txt --run disk --json")).stdout);
    assert.ok(traced.copied > 0.9);
    assert.deepEqual(
      traced.texts.map(({ number, source }: { number: number; source: string }) => [number, source]),
      [
        [1, "sea.txt"],
        [2, "hill.txt.gz"],
      ],
    );
    const refused = await run(folder, `train corpus:moby-dick ${small} --stream`);
    assert.equal(refused.exitCode, 2);
    assert.match(refused.stderr, /Expected files or folders with --stream/);
  });

  it("tells its events as lines of JSON, and nothing else on standard output", async () => {
    const { exitCode, stdout } = await run(
      folder,
      `train sea.txt ${small} --run json --json --iterations 4 --log-every 2 --sample-every 4 --temperatures 0.5 ` +
        "--validate-every 4 --seed 7",
    );
    assert.equal(exitCode, 0);
    const events = jsonLines(stdout);
    assert.deepEqual(
      events.map(({ type }) => type),
      ["start", "step", "step", "validation", "sample", "checkpoint", "end"],
    );
    const [first, step] = events;
    assert.equal(first.run, path.join("data", "runs", "json"));
    assert.equal((first.params as { seed: number }).seed, 7);
    assert.deepEqual(
      (first.texts as { title: string }[]).map(({ title }) => title),
      ["sea"],
    );
    assert.equal(step.iteration, 2);
    assert.equal(events[events.length - 1].reason, "finished");
  });

  it("opens in a notebook: the run's model writes, and its training goes on", async () => {
    await run(folder, `train sea.txt ${small} --run opened --iterations 4`);
    const there = path.join(runs, "opened");
    const model = await loadModel(there);
    assert.equal(model.params.neurons, 12);
    model.dispose();
    const content = readFileSync(path.join(folder, "sea.txt"), "utf8");
    const library = await TextLibrary.open([{ text: content, title: "Sea" }]);
    const training = await resumeTraining(there, library, { iterations: 6 });
    for await (const event of train(training, { checkpoints: there })) assert.notEqual(event.type, "sample");
    assert.equal(training.position.iteration, 6);
    training.dispose();
    assert.ok(readdirSync(there).includes("iteration-0000006"));
  });

  it("goes on with a run that a notebook has begun, once it is told the texts", async () => {
    const there = path.join(runs, "notebook");
    const library = await TextLibrary.open([{ file: path.join(folder, "sea.txt") }]);
    const params = { neurons: 12, layers: 1, steps: 8, batchSize: 4, warmup: 2, iterations: 4 };
    const training = await Training.start(library, params);
    for await (const event of train(training, { checkpoints: there })) assert.ok(event);
    training.dispose();
    const untold = await run(folder, "train --run notebook --resume");
    assert.equal(untold.exitCode, 2);
    assert.match(untold.stderr, /Nothing tells which texts the run .* has read\. Name them\./);
    const rest = "--run notebook --resume --iterations 6 --json";
    const { exitCode, stdout, stderr } = await run(folder, `train sea.txt ${rest}`);
    assert.equal(exitCode, 0, stderr);
    assert.equal(jsonLines(stdout)[0].iteration, 4);
    const other = await run(folder, `train hill.txt ${rest}`);
    assert.equal(other.exitCode, 1);
    assert.match(other.stderr, /does not fit/);
  });

  it("begins with a model's weights", async () => {
    await run(folder, `train sea.txt ${small} --run from --iterations 4`);
    const line = "train sea.txt --from from --run to --iterations 1 --learning-rate 0";
    const { exitCode, stderr } = await run(folder, line);
    assert.equal(exitCode, 0, stderr);
    const [one, other] = await Promise.all(["from", "to"].map((name) => loadModel(path.join(runs, name))));
    const taken = new Map(other.weights);
    for (const [name, weight] of one.weights)
      assert.deepEqual([...weight.dataSync()], [...taken.get(name)!.dataSync()], name);
    one.dispose();
    other.dispose();
  });

  it("takes iterations in epochs, and a random piece of the texts as the samples' prompt", async () => {
    const { exitCode, stdout, stderr } = await run(
      folder,
      `train sea.txt hill.txt ${small} --run epochs --json --epochs 0.1 --sample-every 0.05epochs ` +
        "--random-prompt --prompt-length 12 --temperatures 0.7,1",
    );
    assert.equal(exitCode, 0, stderr);
    const events = jsonLines(stdout);
    const { iterations } = events[0].params as { iterations: number };
    const samples = events.filter(({ type }) => type === "sample");
    assert.deepEqual(
      samples.slice(0, 2).map(({ temperature }) => temperature),
      [0.7, 1],
    );
    const half = Number(samples[0].iteration);
    assert.ok(Math.abs(2 * half - iterations) <= 1, `${half} of ${iterations}`);
    const books = ["sea.txt", "hill.txt"].map((file) => readFileSync(path.join(folder, file), "utf8"));
    const prompt = samples[0].prompt as string;
    assert.equal(prompt.length, 12);
    assert.ok(books.some((book) => book.includes(prompt)));
  });

  for (const [signal, expected] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)
    it(`ends in good order at ${signal}: a checkpoint, the exit code ${expected}, and it goes on`, async () => {
      const name = signal.toLowerCase();
      const line = `train sea.txt ${small} --run ${name} --iterations 100000000 --json`;
      const { child, ended } = start(folder, line);
      child.stdout.once("data", () => child.kill(signal));
      const { exitCode, stdout, stderr } = await ended;
      assert.equal(exitCode, expected, stderr);
      const events = jsonLines(stdout);
      const end = events[events.length - 1];
      assert.equal(end.type, "end");
      assert.equal(end.reason, "interrupted");
      const on = `To go on from iteration ${Number(end.iteration)}: palimpsest train --run ${name} --resume`;
      assert.ok(stderr.split("\n").includes(on), stderr);
      const further = `train --run ${name} --resume --iterations ${Number(end.iteration) + 2} --json`;
      const resumed = jsonLines((await run(folder, further)).stdout);
      assert.equal(resumed[0].iteration, end.iteration);
      assert.equal(resumed[resumed.length - 1].reason, "finished");
    });

  it("saves what it has done where the reader of its output goes away", async () => {
    const line = `train sea.txt ${small} --run pipe --iterations 100000000 --log-every 1`;
    const { child, ended } = start(folder, line);
    child.stdout.once("data", () => child.stdout.destroy());
    const { exitCode, stderr } = await ended;
    assert.equal(exitCode, 141, stderr);
    assert.ok(readdirSync(path.join(runs, "pipe")).some((name) => /^iteration-\d+$/.test(name)));
  });

  it("reads standard input, and says that it cannot be read again", async () => {
    const book = readFileSync(path.join(folder, "sea.txt"), "utf8");
    const line = `train - ${small} --run stdin --iterations 2 --json`;
    const { exitCode, stdout, stderr } = await run(folder, line, book);
    assert.equal(exitCode, 0, stderr);
    assert.equal((jsonLines(stdout)[0].texts as { characters: number }[])[0].characters, book.length);
    const resumed = await run(folder, "train --run stdin --resume");
    assert.equal(resumed.exitCode, 2);
    assert.match(resumed.stderr, /has read standard input\. Name the texts again\./);
  });

  it("validates on a text of its own, of which nothing is trained on", async () => {
    const line = `train sea.txt ${small} --iterations 2 --validate-every 2 --sample-every 0 --log-every 1 --json`;
    const told = jsonLines((await run(folder, `${line} --run on --validate-on hill.txt`)).stdout);
    assert.equal(told.filter(({ type }) => type === "validation").length, 1);
    const untold = jsonLines((await run(folder, `${line} --run off --validation 0`)).stdout);
    const epochs = [told, untold].map((events) => events.find(({ type }) => type === "step")?.epoch);
    assert.equal(epochs[0], epochs[1]);
  });

  it("reads short texts out of a table and between separators, and remembers how", async () => {
    const rows = Array.from({ length: 30 }, (_, index) => `"the sail of salt ${index}",Nobody\n`);
    writeFileSync(path.join(folder, "poems.csv"), `poem,author\n${rows.join("")}`);
    const line = `train poems.csv --column poem ${small} --run table --iterations 2 --json`;
    const texts = jsonLines((await run(folder, line)).stdout)[0].texts as { title: string }[];
    assert.equal(texts.length, 30);
    const resumed = await run(folder, "train --run table --resume --iterations 3 --json");
    assert.equal(resumed.exitCode, 0, resumed.stderr);
    const cut = `train sea.txt --separator \\n ${small} --run lines --iterations 2 --json`;
    assert.equal((jsonLines((await run(folder, cut)).stdout)[0].texts as unknown[]).length, 80);
    const wrong = await run(folder, `train poems.csv --column verse ${small} --run table`);
    assert.equal(wrong.exitCode, 1);
    assert.match(wrong.stderr, /"verse" in poems\.csv, which has "poem", "author"/);
  });

  it("is told of the texts by columns of their table, and then writes as it is asked to", async () => {
    const rows = ["Basho,old pond", "Issa,small snail"].flatMap((row) => Array<string>(20).fill(`${row}\n`));
    writeFileSync(path.join(folder, "haiku.csv"), `author,text\n${rows.join("")}`);
    const line = `train haiku.csv --column text --labels author ${small} --run labels --iterations 3 --json`;
    const { exitCode, stderr } = await run(folder, line);
    assert.equal(exitCode, 0, stderr);
    const written = await run(folder, "generate labels --labels author=Issa --length 10");
    assert.equal(written.exitCode, 0, written.stderr);
    const unknown = await run(folder, "generate labels --labels author=Nobody");
    assert.equal(unknown.exitCode, 1, unknown.stderr);
    assert.match(unknown.stderr, /Basho.*Issa/);
  });

  it("writes event files for TensorBoard beside", async () => {
    const line = `train sea.txt ${small} --run board --iterations 2 --log-every 1 --tensorboard logs/board --quiet`;
    const { exitCode, stderr } = await run(folder, line);
    assert.equal(exitCode, 0, stderr);
    assert.match(readdirSync(path.join(folder, "logs", "board")).join(), /^events\.out\.tfevents\./);
  });

  it("tells mistakes in a sentence, without a stack, and touches no run", async () => {
    rmSync(runs, { recursive: true, force: true });
    for (const [line, exitCode, message] of [
      [
        "nope.txt",
        1,
        /^palimpsest: Expected a text in nope\.txt, found no such file\. In this folder there are .*sea\.txt/m,
      ],
      ["sea.txt --keep 0", 2, /Expected --keep >= 1, got 0\nSee palimpsest train --help\./],
      ["sea.txt --neuron 3", 2, /unknown option '--neuron'\n\(Did you mean --neurons\?\)/],
    ] as const) {
      const ended = await run(folder, `train ${line}`);
      assert.match(ended.stderr, message);
      assert.doesNotMatch(ended.stderr, /^ +at /m);
      assert.equal(ended.exitCode, exitCode, ended.stderr);
      assert.equal(ended.stdout, "");
    }
    assert.throws(() => readdirSync(runs), /ENOENT/);
  });
});
