import assert from "node:assert/strict";
import { reference } from "../../../lib/network/implementation";
import { ready } from "../../../lib/network/tensorflow";
import { difference, expected, tryOut } from "../../../web/computing/trial";

describe("what a page's engine has to compute as the reference does", () => {
  before(() => ready());

  it("is what the reference computes", async () => {
    assert.equal(difference(await tryOut(reference)), "");
  });

  it("is told where it is something else: a loss, gradients, a text", async () => {
    const doubled = await tryOut({
      ...reference,
      loss: (...given) => {
        const { crossEntropy, accuracy } = reference.loss(...given);
        return { crossEntropy: crossEntropy.mul(1.001), accuracy };
      },
    });
    assert.match(difference(doubled), /^a loss of 2\.526\d+ where 2\.523831 is right$/);
    const unmoved = await tryOut({ ...reference, adam: (_, gradients) => gradients[0].norm().asScalar() });
    assert.match(difference(unmoved), /^a loss of 2\.4\d+ where 2\.479639 is right$/);
    const slight = { ...expected, norms: [expected.norms[0], NaN, expected.norms[2]] };
    assert.equal(difference(slight), "gradients of the norm NaN where 0.23937 is right");
    assert.match(difference({ ...expected, written: "ab" }), /^“ab” is written where “ cj/);
  });
});
