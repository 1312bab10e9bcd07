import assert from "node:assert/strict";
import { likelihood } from "../../lib/generate/memory/likelihood";
import { Model } from "../../lib/network/model";
import { Vocabulary } from "../../lib/text/tokens/vocabulary";
import { surprised, surpriseBeside } from "../../lib/trace/surprised";
import { trace } from "../../lib/trace/trace";
import { textOf } from "./texts";

const book = textOf("a crooked vane sang by the flooded quay");
const traced = trace("so a crooked vane sang on", [book], { minLength: 15 });

describe("surprised(trace, { by })", () => {
  it("has -log p of each unit of the sample after the prompt, and all that the trace had", async () => {
    const model = await Model.create({ neurons: 6, layers: 1 }, Vocabulary.of([book.content]));
    const { surprise, ...rest } = await surprised(traced, { by: model, prompt: "quay " });
    const { logProbability } = await likelihood(model, traced.sample, { prompt: "quay " });
    assert.deepEqual(
      surprise,
      logProbability.map((nats) => -nats),
    );
    assert.ok(surprise.every((nats) => nats > 0));
    assert.deepEqual(rest, traced);
    model.dispose();
  });
});

describe("surpriseBeside(trace)", () => {
  it("is the mean of what is copied and of the rest, as far as it is known", () => {
    const [{ start, end }] = traced.passages;
    const surprise = Float32Array.from(traced.sample, (_, at) =>
      at === 0 ? NaN : at < start || at >= end ? 2 : 0.5,
    );
    assert.deepEqual(surpriseBeside({ ...traced, surprise }), { copied: 0.5, elsewhere: 2 });
    const uncopied = { ...traced, passages: [], surprise };
    assert.deepEqual(surpriseBeside(uncopied).copied, NaN);
    assert.equal(surpriseBeside({ ...traced, surprise }, uncopied).copied, 0.5);
  });
});
