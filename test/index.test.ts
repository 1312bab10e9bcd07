import assert from "node:assert/strict";
import * as library from "../lib/index";
import * as generate from "../lib/generate";
import * as network from "../lib/network";
import * as show from "../lib/show";
import * as text from "../lib/text";
import * as trace from "../lib/trace";
import * as train from "../lib/train";

describe("the library's one door", () => {
  const stages = { text, network, generate, train, trace, show };
  for (const [stage, door] of Object.entries(stages)) {
    it(`gives all that the door of lib/${stage} does`, () => {
      for (const [name, value] of Object.entries(door))
        assert.equal((library as Record<string, unknown>)[name], value, name);
    });
  }
});
