import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { readHdf5, writeHdf5 } from "../../../lib/network/keras/hdf5";

/** Written by h5py 3.16: half/0, bf16/0 as Keras 3 stores it, double/0, integers/0. */
const numbers = [
  "H4sIALwxCWsC/+v0cHHj5ZLiYgABDg4GFgYBBmTwHwrua6DyYfIJUJoRSndA6RVMMHFGsJwEVFwQaj66upAgV1eQ6v9oAGbPA1YIrcAwCkYi",
  "8HB1DADREVC+AZQ+wYSqLiMxJw1EJ6UZmoHolPzSpJxUBobMvJLU9NSiYga09KpBwF5c6deDGWofK3Hp14IDQnOMRuVo+gUCWCnbwYqqzgAt",
  "fXpQaG+wn78LI1Kp3sGJav4GKP8CN4SGpfNlcqjqzkH57xRQ07ECM5p70fIFrLw+poyq7h2Uz6c2NOKPkYEV4nZGGB9ScjAyQQRgxRAumhkY",
  "siCVggr8UDEBBi5WBi5+qDwrMERB8kxMEAM5oDHBzNjAib3kqBjQ8ICkK0a4qzTYR/M4WcAmbd3/akac9Qx6/iRUz0TwjtYzo/UMZj3zgZu2",
  "9QwjAxta+QhJyYyMjNDyjwGNhpR3otAyEnf5t4APooMNxT4eBge4vSJA1SkllQXAZh6DJNA+Aai/GZFyAsyfIN4yPmS/B9ClfPTgGU2b5IAG",
  "+7N7k+rdnf19GJGSM3JsQlr7OfmJJZAWPwjc4B8NuVEwCkbBKBgFo2AUjIJRMApGwSgYBaNgqAFco6PosxKERkfLlFDHDUbByAK4Rkf5FFHV",
  "UX90lBXv6Cgjmn2I2SJ7aFp1YDDhZjD5Dx0+xT1auk8ZewrvGFTxgD46mqY4mjbJAbNmgsBOe1zlI/osK6HycZr6aPk4Wj5ilo96aoOtfBQA",
  "swU4UGd5cJeL9zRQTYCBCYMyHtDLxza10bRJVroCALt8xmjfKAAA",
].join("");

describe("readHdf5", () => {
  let file: string;
  before(() => {
    file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "palimpsest-hdf5-")), "numbers.h5");
    fs.writeFileSync(file, gunzipSync(Buffer.from(numbers, "base64")));
  });
  after(() => fs.rmSync(path.dirname(file), { recursive: true }));

  it("reads halves, bf16 and doubles as single-precision numbers", async () => {
    const [[half], [bf16], [double]] = await readHdf5(fs.readFileSync(file), ["half", "bf16", "double"]);
    assert.deepEqual(half.shape, [2, 2]);
    assert.deepEqual([...half.values], [1, -0.0999755859375, 65504, 5.960464477539063e-8]);
    assert.deepEqual([...bf16.values], [1, -0.10009765625, 3.00405527047391e38]);
    assert.deepEqual([...double.values], [Math.fround(0.1)]);
  });

  it("reads what writeHdf5 writes, which takes no disk", async () => {
    const { TMPDIR } = process.env;
    process.env.TMPDIR = path.join(os.tmpdir(), "none");
    try {
      const weight = { shape: [2, 1], values: Float32Array.of(0.5, -2) };
      const groups = new Map([["vars", undefined]]);
      const bytes = await writeHdf5({ groups, weights: new Map([["vars/0", weight]]) });
      assert.deepEqual(await readHdf5(bytes, ["vars"]), [[weight]]);
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
    }
  });

  it("refuses integers, as of a quantized network", async () => {
    await assert.rejects(
      readHdf5(fs.readFileSync(file), ["integers"]),
      /Expected floating-point numbers in \/integers\/0, got .*quantized/,
    );
  });
});
