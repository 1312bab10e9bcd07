import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { TextLibrary } from "../../../lib/text/library";
import { measure } from "../../../lib/trace/measure";
import { nearZero } from "../../../lib/trace/near/near-zero";
import { traceNear } from "../../../lib/trace/near/trace-near";
import { madeUp } from "../made-up";
import { textOf } from "../texts";

/** A library whose held-out end holds a changed sentence of its beginning. */
function echoing(): TextLibrary {
  const echo = madeUp(150).replace(/t/g, (letter, at: number) => (at % 3 === 0 ? "x" : letter));
  const content = `${madeUp(9_000)} ${echo} ${madeUp(1_200, 2)}`;
  return new TextLibrary([textOf(content)], { validation: 0.15 });
}

describe("nearZero(library)", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), "palimpsest-zeros-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is the share of held-out text that is a near copy, which traces then have beside theirs", async () => {
    const library = echoing();
    assert.equal(traceNear("What I said.", library.training).zero, undefined);
    const zero = await nearZero(library, { folder, minLength: 40 });
    const own = measure(traceNear(library.validation[0].content, [...library.training]));
    assert.ok(own.copied > 0.05 && own.copied < 0.9);
    assert.equal(zero?.at(40), own.copied);
    assert.equal(measure(traceNear("What I said.", library.training, { minLength: 40 })).zero, own.copied);
  });

  it("is none where held-out text repeats a few characters over and over, and other samples are traced", async () => {
    const library = new TextLibrary([textOf(`${madeUp(600)} ${"ab".repeat(20_000)}`)], { validation: 0.05 });
    assert.equal(await nearZero(library, { folder }), undefined);
    const { passages, zero } = traceNear(madeUp(600).slice(100, 200), library.training);
    assert.equal(passages.length, 1);
    assert.equal(zero, undefined);
  });

  it("raises the default length until it is small", async () => {
    const library = echoing();
    const zero = await nearZero(library, { folder });
    const traced = traceNear("What I said.", library.training);
    assert.equal(traced.minLength, zero?.smallFrom(40));
    assert.ok(traced.raised && traced.minLength > 40);
  });

  it("is kept in a file for the same texts and options, and made anew where that is damaged", async () => {
    const zero = await nearZero(echoing(), { folder });
    const [name] = readdirSync(folder);
    const file = path.join(folder, name);
    const written = readFileSync(file, "utf8");
    const told: number[] = [];
    const options = { folder, onProgress: ({ done }: { done: number }) => void told.push(done) };
    assert.deepEqual(await nearZero(echoing(), options), zero);
    assert.deepEqual(told, []);
    writeFileSync(file, written.replace(/\d/, "7"));
    assert.deepEqual(await nearZero(echoing(), options), zero);
    assert.deepEqual(told, [1]);
    assert.equal(readFileSync(file, "utf8"), written);
    await nearZero(echoing(), { folder, share: 0.1 });
    assert.equal(readdirSync(folder).length, 2);
  });

  it("is not known where too little is held out", async () => {
    assert.equal(await nearZero(new TextLibrary([textOf(madeUp(4_000))]), { folder }), undefined);
  });
});
