import assert from "node:assert/strict";
import * as library from "../lib/index";
import * as generate from "../lib/generate/index";
import * as network from "../lib/network/index";
import * as show from "../lib/show/index";
import * as text from "../lib/text/index";
import * as trace from "../lib/trace/index";
import * as train from "../lib/train/index";

describe("the library's one door", () => {
  const stages = { text, network, generate, train, trace, show };
  for (const [stage, door] of Object.entries(stages)) {
    it(`gives all that the door of lib/${stage} does`, () => {
      for (const [name, value] of Object.entries(door))
        assert.equal((library as Record<string, unknown>)[name], value, name);
    });
  }
});
