import assert from "node:assert/strict";
import { setTimeout } from "../../../site/node/set-timeout";

describe("setTimeout of node:timers/promises in a browser", () => {
  it("gives the value, and rejects where it is aborted, before or meanwhile", async () => {
    assert.equal(await setTimeout(1, "given"), "given");
    await assert.rejects(setTimeout(1000, 0, { signal: AbortSignal.abort() }), { name: "AbortError" });
    const stop = new AbortController();
    const waiting = setTimeout(10_000, 0, { signal: stop.signal });
    stop.abort();
    await assert.rejects(waiting, { name: "AbortError" });
  });
});
