import assert from "node:assert/strict";
import {
  attentionTable,
  generationTable,
  growthTable,
  indexTable,
  machineLines,
  nearTable,
  stepTable,
  tracingTable,
  wordsTable,
} from "../../bench/report";

const outcomes = [] as const;

describe("the bench's tables", () => {
  it("show a step's time, its share of the machine's rate, and how it compares", () => {
    const row = { network: "2x128", precision: "fp32", charactersPerSecond: 75_612, fastest: 46.123 };
    const text = stepTable(
      [
        {
          rows: [
            { ...row, by: "fused", milliseconds: 54.16, gflops: 94.4, shareOfGemm: 0.679, timesOurs: 1 },
            {
              ...row,
              by: "PyTorch",
              milliseconds: 113.4,
              gflops: 45.3,
              shareOfGemm: 0.325,
              timesOurs: 2.093,
            },
          ],
          gemm: { "torch.mm": 139.2 },
          outcomes,
        },
      ],
      { time: 64, batch: 64, vocabulary: 90 },
    );
    assert.match(text, /^\nTraining step: .*; 64 steps, batch 64, 90 characters\n/);
    assert.match(text, /^2x128 +fused +fp32 +54\.2 +46\.1 +75,600 +94\.4 +68% +1$/m);
    assert.match(text, /^2x128 +PyTorch +fp32 +113 +46\.1 +75,600 +45\.3 +33% +2\.09$/m);
    assert.match(text, /2x128 torch\.mm 139\./);
  });

  it("leave a comparison empty where there is nothing to compare with", () => {
    const row = { milliseconds: 5, fastest: 4, charactersPerSecond: 10, gflops: 1, shareOfGemm: 0.5 };
    const rows = [{ ...row, network: "1x8", by: "PyTorch", precision: "bf16", timesOurs: NaN }];
    const text = stepTable([{ rows, gemm: {}, outcomes }], { time: 2, batch: 2, vocabulary: 9 });
    assert.match(text, /^1x8 +PyTorch +bf16 .* 50%$/m);
  });

  it("show what words cost with either softmax", () => {
    const row = { network: "2x128", by: "fused", fastest: 90.5 };
    const text = wordsTable({
      rows: [
        {
          ...row,
          softmax: "full",
          weights: 2_539_000,
          milliseconds: 300,
          wordsPerSecond: 13_653,
          timesOurs: 3,
        },
        {
          ...row,
          softmax: "adaptive",
          weights: 1_618_000,
          milliseconds: 100,
          wordsPerSecond: 40_960,
          timesOurs: 1,
        },
      ],
      outcomes,
    });
    assert.match(text, /^\nTraining step on words: 10000 of them, embedding 100; 64 steps, batch 64, fp32\n/);
    assert.match(text, /^2x128 +fused +full +2,?539,?000 +300 +90\.5 +13,700 +3$/m);
    assert.match(text, /^2x128 +fused +adaptive +1,?618,?000 +100 +90\.5 +41,000 +1$/m);
  });

  it("show what attention costs beside the plain network", () => {
    const row = { network: "2x128", by: "fused", fastest: 90.5, weights: 300_000 };
    const text = attentionTable({
      rows: [
        { ...row, has: "nothing more", milliseconds: 100, timesPlain: 1 },
        { ...row, has: "the same and attention", milliseconds: 152, timesPlain: 1.52 },
      ],
      outcomes,
    });
    assert.match(
      text,
      /^\nTraining step of textgenrnn's network: 40 steps, batch 128, 100 characters, fp32\n/,
    );
    assert.match(text, /^2x128 +fused +the same and attention +300,?000 +152 +90\.5 +1\.52$/m);
  });

  it("show generation, growth and tracing", () => {
    const generation = generationTable([
      {
        rows: [
          {
            network: "4x512",
            by: "fused",
            charactersPerSecond: 658.4,
            best: 697,
            microseconds: 1519,
            gigabytesPerSecond: 19.45,
            timesOurs: 1,
          },
        ],
        outcomes,
      },
    ]);
    assert.match(generation, /^4x512 +fused +658 +697 +1,520 +19\.[45]\d? +1$/m);

    const size = { layers: 10, neurons: 256, steps: 32, batch: 32 };
    const growth = growthTable({
      rows: [
        {
          growing: "layers",
          ...size,
          milliseconds: 123.4,
          picosecondsPerWeightAndCharacter: 61.7,
          gflops: 97,
        },
      ],
      outcomes,
    });
    assert.match(growth, /^layers +10 +256 +32 +32 +123 +61\.7 +97$/m);

    const tracing = tracingTable({
      rows: [
        {
          library: "four novels",
          characters: 2_988_983,
          sample: 2000,
          by: "trace",
          milliseconds: 17.2,
          fastest: 12.8,
          passages: 34,
          millionsPerSecond: 174,
          timesOurs: 1,
        },
      ],
      outcomes,
      notices: ["The novels cannot be had."],
    });
    assert.match(tracing, /^four novels +2,988,983 +2,000 +trace +17\.2 +12\.8 +34 +174 +1$/m);
    assert.match(tracing, /The novels cannot be had\.$/);

    const near = nearTable({
      rows: [
        {
          by: "traceNear",
          milliseconds: 123.4,
          fastest: 100,
          results: 8,
          found: { "0 %": 1, "15 %": 0.853 },
          timesOurs: 1,
        },
      ],
      outcomes,
      characters: 2_988_983,
      sample: 1998,
      notices: [],
    });
    assert.match(near, /^\nNear copies: 1998 characters in 2\.99 million/);
    assert.match(near, /^traceNear +123 +100 +100% +85% +8 +1$/m);
  });

  it("show an index: how it was built, how large it is, and its answers", () => {
    const text = indexTable({
      rows: [{ sample: "another book", milliseconds: 9.87, fastest: 8.7, passages: 8 }],
      outcomes,
      characters: 100_123_456,
      buildSeconds: 17.61,
      indexBytes: 655_000_000,
      memoryBytes: 77_100_000,
    });
    assert.match(text, /^\nAn index of 100 million characters\n/);
    assert.match(text, /^another book +9\.87 +8\.7 +8$/m);
    assert.match(
      text,
      /^Built, .* in 17\.6 s; 655 MB with the texts; the process grew by 77\.1 MB meanwhile\.$/m,
    );
  });

  it("name the machine and what computed", () => {
    const [machine, own] = machineLines({ about: { palimpsest: { tensorflow: "2.21.0", threads: 2 } } });
    assert.match(machine, /, \d+ cores, load \d+\.\d when it began$/);
    assert.equal(own, "palimpsest: tensorflow 2.21.0, threads 2");
  });
});
