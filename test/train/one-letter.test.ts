import assert from "node:assert/strict";
import { write } from "../../lib/generate/generate";
import { implementations } from "../../lib/network/implementation";
import { TextLibrary } from "../../lib/text/library";
import { Training } from "../../lib/train/training";
import { eventsOf, smallParams } from "./small";

describe("a text of one letter", () => {
  for (const implementation of implementations.filter(({ problem }) => problem() === ""))
    for (const params of [{}, { level: "words" as const }, { embedding: 4, attention: true }])
      it(`is learned, and written: ${implementation.name}, ${JSON.stringify(params)}`, async () => {
        const content = (params.level === "words" ? " a" : "a").repeat(400);
        const texts = [{ title: "A", author: "", source: "string", content, weight: 1 }];
        const library = new TextLibrary(texts, { validation: 0.2 });
        const training = await Training.start(library, { ...smallParams, ...params }, { implementation });
        const events = await eventsOf(training, { validateEvery: 10, sampleEvery: 10, sampleLength: 12 });
        for (const event of events)
          if ("crossEntropy" in event) assert.ok(event.crossEntropy >= 0 && event.crossEntropy < 3);
        assert.match(await write(training.model, { length: 12 }), /^[ a]{12}$/);
        training.dispose();
      });
});
