import assert from "node:assert/strict";
import { TextLibrary } from "../../../lib/text/library";
import { trace } from "../../../lib/trace/trace";
import { heldOutBeside, traceIn, type PackedLibrary } from "../../../web/beside/traced-in";
import { madeUp } from "../../trace/made-up";
import { textOf } from "../../trace/texts";

/** As a page has it: through JSON. */
const packed = ({ training }: TextLibrary): PackedLibrary =>
  JSON.parse(JSON.stringify({ parts: training, heldOut: heldOutBeside(training) })) as PackedLibrary;

describe("what a page traces in", () => {
  const told = madeUp(9_000);
  const sample = told.slice(300, 400);

  it("has beside a copied share that of held-out text, and counts from the length at which that is small", () => {
    const library = new TextLibrary([textOf(`${told} ${told.slice(0, 60)} ${madeUp(1_200, 2)}`)], {
      validation: 0.12,
    });
    const here = trace(sample, library.training, { collapseWhitespace: true });
    assert.ok(here.raised && here.zero!.at(20) > 0.01);
    assert.deepEqual(traceIn(packed(library), sample), here);
  });

  it("has none where nothing is held out", () => {
    const library = new TextLibrary([textOf(told)], { validation: 0 });
    const traced = traceIn(packed(library), sample, [textOf("something that was dropped in")]);
    assert.equal(traced.zero, undefined);
    assert.deepEqual([traced.minLength, traced.passages.length], [20, 1]);
  });
});
