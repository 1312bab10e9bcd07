import assert from "node:assert/strict";
import fc from "fast-check";
import { Labels, sometimesUntold, untoldShare } from "../../lib/text/labels";
import { random } from "../../lib/base/random";
import { shortTexts } from "../../lib/text/tables/short-texts";
import { TextLibrary } from "../../lib/text/library";
import { threads } from "../../lib/text/batches/threads";
import { windows } from "../../lib/text/batches/windows";
import { rowOf } from "./unique";

const texts = shortTexts(
  {
    notices: [],
    texts: [
      { content: "aaa", labels: { author: "Issa", year: "1812" } },
      { content: "bb", labels: { author: "Bashō", year: "1686" } },
      { content: "aaaa", labels: { author: "Issa", year: "" } },
      { content: "c" },
    ],
  },
  { title: "haiku", source: "string" },
);

describe("Labels", () => {
  it("have the values that texts have, each once and in order, and number them from 1", () => {
    const labels = Labels.of(texts, ["author", "year"]);
    assert.deepEqual(labels.all, [
      { name: "author", values: ["Bashō", "Issa"] },
      { name: "year", values: ["1686", "1812"] },
    ]);
    assert.deepEqual(
      texts.map((text) => labels.idsOf(text)),
      [
        [2, 2],
        [1, 1],
        [2, 0],
        [0, 0],
      ],
    );
    assert.deepEqual(labels.ids({ year: "1812" }), [0, 2]);
    assert.deepEqual(Labels.of(texts, ["title"]).all[0].values[0], "haiku row 1");
  });

  it("say which there are where one is not known", () => {
    const labels = Labels.of(texts, ["author", "year"]);
    assert.throws(() => labels.ids({ author: "Buson" }), {
      message: 'Expected as label `author` one of "Bashō", "Issa", got "Buson"',
    });
    assert.throws(() => labels.ids({ poet: "Issa" }), /Unknown label `poet`; the network knows author, year/);
    assert.throws(() => Labels.none.ids({ author: "Issa" }), /the network knows none/);
    assert.throws(() => Labels.of(texts, ["poet"]), /label `poet`, got none; they have title, author, year/);
  });

  it("are the same as JSON and back, and tell others from themselves", () => {
    const labels = Labels.of(texts, ["author"]);
    const back = Labels.fromJSON(JSON.parse(JSON.stringify(labels)));
    assert.deepEqual(back.differences(labels), []);
    assert.match(
      Labels.of(texts, ["year"]).differences(labels)[0],
      /year \("1686", "1812"\) here and author \("Bashō", "Issa"\) there/,
    );
    assert.deepEqual(Labels.fromJSON(undefined).all, []);
  });

  it("are refused where they are none", () => {
    for (const json of [
      "author",
      [null],
      [{ name: "author" }],
      [{ name: 1, values: [] }],
      [{ name: "a", values: [1] }],
    ])
      assert.throws(
        () => Labels.fromJSON(json as never),
        /Expected labels as \[{ "name": "…", "values": \["…"\] }\]/,
      );
  });

  it("are taken away from a share of the rows, all together, and from others one by one", () => {
    const draw = random(1);
    const drawn = Array.from({ length: 20_000 }, () => sometimesUntold([3, 4], draw).join());
    const share = (ids: string) => drawn.filter((one) => one === ids).length / drawn.length;
    const told = 1 - untoldShare;
    assert.ok(Math.abs(share("3,4") - told ** 3) < 0.01);
    assert.ok(Math.abs(share("0,0") - (untoldShare + told * untoldShare ** 2)) < 0.01);
    assert.ok(Math.abs(share("3,0") - told * told * untoldShare) < 0.01);
    assert.equal(
      Array.from({ length: 1000 }, () => sometimesUntold([3], draw)).every(([id]) => id === 3),
      false,
    );
  });
});

describe("batches with labels", () => {
  /** Texts of one letter each, whose author is that letter. */
  const library = (lengths: readonly number[]) => {
    const given = lengths.map((length, index) => {
      const letter = "abcd"[index % 4];
      return { content: letter.repeat(length), labels: { author: letter } };
    });
    return new TextLibrary(shortTexts({ texts: given, notices: [] }, { title: "T", source: "string" }), {
      validation: 0,
    });
  };

  it("tell each row the labels of the text in which it begins, be it the text of a mark before it", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 5, maxLength: 12 }), (lengths) => {
        const { training, vocabulary, texts } = library(lengths);
        const labels = Labels.of(texts, ["author"]);
        const options = { steps: 3, batchSize: 2, seed: 1, labels };
        for (const { at } of [
          windows(training, vocabulary, options),
          threads(training, vocabulary, options),
        ]) {
          for (let iteration = 0; iteration < 12; iteration++) {
            const batch = at(iteration);
            for (let row = 0; row < batch.batch; row++) {
              const ids = [...rowOf(batch.inputs, row, 2), ...rowOf(batch.targets, row, 2).slice(-1)];
              const first = ids[0] === vocabulary.mark ? ids[1] : ids[0];
              const author = labels.all[0].values[batch.labels![row] - 1];
              if (first === vocabulary.mark) continue; // The last mark of all, which no text follows.
              assert.equal(vocabulary.tokens[first], author);
            }
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it("begin anew where the labels change, and go on where they stay", () => {
    const { training, vocabulary, texts } = library(new Array<number>(40).fill(5));
    const labels = Labels.of(texts, ["author"]);
    const options = { steps: 3, batchSize: 2, seed: 1, labels };
    const batches = threads(training, vocabulary, options);
    let before: ReturnType<typeof batches.at> | undefined;
    const seen = new Set<string>();
    for (let iteration = 0; iteration < Math.floor(batches.perEpoch); iteration++) {
      const batch = batches.at(iteration);
      for (let row = 0; row < 2 && before; row++) {
        const same = batch.labels![row] === before.labels![row];
        if (same) continue;
        seen.add("changed");
        assert.equal(batch.resets![row], 1);
      }
      if (batch.resets!.includes(0)) seen.add("carried");
      before = batch;
    }
    assert.deepEqual([...seen].sort(), ["carried", "changed"]);
  });

  it("are those without labels but for the labels, where all texts have the same", () => {
    const { training, vocabulary, texts } = library([9, 9, 9]);
    const same = training.map((part) => ({ ...part, labels: { author: "x" } }));
    const labels = Labels.of([{ ...texts[0], labels: { author: "x" } }], ["author"]);
    const options = { steps: 3, batchSize: 4, seed: 1 };
    for (const cut of [windows, threads]) {
      const plain = cut(training, vocabulary, options);
      const told = cut(same, vocabulary, { ...options, labels, sometimesUntold: true });
      const rows = Array.from({ length: 50 }, (_, iteration) => {
        const { labels: ids, ...rest } = told.at(iteration);
        assert.deepEqual(rest, plain.at(iteration));
        return [...ids!];
      }).flat();
      const untold = rows.filter((id) => id === 0).length / rows.length;
      assert.ok(untold > 0.04 && untold < 0.18, `${untold}`);
    }
  });
});
