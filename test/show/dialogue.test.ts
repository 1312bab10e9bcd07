import assert from "node:assert/strict";
import { Model } from "../../lib/network/model";
import { tf } from "../../lib/network/tensorflow";
import { talk } from "../../lib/show/dialogue";
import type { Kernel } from "../../lib/show/notebook";
import { TextLibrary } from "../../lib/text/library";

const content = "the sea <roars> & the wave falls\n".repeat(9);
const library = new TextLibrary([{ title: "Sea", author: "", source: "string", content, weight: 1 }]);

describe("talk", () => {
  const seam = Symbol.for("palimpsest.kernel");
  let shown: Record<string, string>[];
  let answers: string[];
  let model: Model;
  let tensors: number;
  const kernel: Kernel = {
    display: (data) => void shown.push(data as Record<string, string>),
    ask: async (prompt) => {
      const answer = answers.shift();
      if (answer === undefined) throw new Error(`Nobody is there to answer \`${prompt}\``);
      return answer;
    },
  };
  before(async () => {
    Object.assign(globalThis, { [seam]: kernel });
    model = await Model.create({ neurons: 8 }, library.vocabulary);
    tensors = tf.memory().numTensors;
  });
  beforeEach(() => (shown = []));
  afterEach(() => assert.equal(tf.memory().numTensors, tensors, "tensors are left behind"));
  after(() => {
    model.dispose();
    delete (globalThis as { [key: symbol]: unknown })[seam];
  });

  it("shows each answer with its overlay, under the line that was said", async () => {
    const replies = await talk(model, library, { lines: ["the <sea>", ""], copied: 1, temperature: 1 });
    assert.deepEqual(
      replies.map(({ type, line }) => [type, line]),
      [
        ["answer", "the <sea>"],
        ["answer", ""],
      ],
    );
    assert.equal(shown.length, 2);
    assert.match(shown[0]["text/html"], /&gt; the &lt;sea&gt; · temperature 1</);
    assert.match(shown[1]["text/plain"], /^> … · temperature 1 · .*copied/);
    assert.ok(shown.every((bundle) => bundle["text/html"].includes("<mark ")));
  });

  it("shows what there is to say of a command, with the command where nobody has typed it", async () => {
    await talk(model, library, { lines: ["temperature=<b>", "reset", "bye", "never said"] });
    assert.deepEqual(
      shown.map((bundle) => bundle["text/plain"]),
      [
        'temperature=<b>: Expected `temperature` as a number, got "<b>"; it stays 0.6.',
        "reset: All that was said is forgotten.",
        "bye: Good bye!",
      ],
    );
    assert.match(shown[0]["text/html"], /^<div>temperature=&lt;b&gt;: Expected/);
  });

  it("asks for lines until somebody says bye", async () => {
    answers = ["reset", "bye", "never asked for"];
    const replies = await talk(model, library);
    assert.deepEqual(
      replies.map(({ type }) => type),
      ["notice", "end"],
    );
    assert.deepEqual(answers, ["never asked for"]);
    assert.match(shown[0]["text/plain"], /^Say something\. .* bye ends\.$/);
    assert.equal(shown.at(-1)?.["text/plain"], "Good bye!");
  });

  it("ends in good order where nobody is there to answer", async () => {
    answers = [];
    assert.deepEqual(await talk(model, library), []);
    assert.equal(shown.at(-1)?.["text/plain"], "Nobody is there to answer `> `");
  });

  it("throws at an option that makes no sense", async () => {
    await assert.rejects(
      talk(model, library, { sentences: 0, lines: [] }),
      /Expected `sentences` as a whole/,
    );
  });
});
