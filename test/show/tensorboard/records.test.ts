import assert from "node:assert/strict";
import { maskedChecksum, record } from "../../../lib/show/tensorboard/records";

describe("maskedChecksum", () => {
  it("is that of the CRC's own check value", () => {
    // The check value of CRC-32C is e3069283: turned right by 15 bits, and a282ead8 added.
    const expected = (((0xe3069283 >>> 15) | (0xe3069283 << 17)) + 0xa282ead8) >>> 0;
    assert.equal(maskedChecksum(Buffer.from("123456789")), expected);
  });
});

describe("record", () => {
  it("frames data by length and checksums", () => {
    const framed = Buffer.from(record(Buffer.from("123456789")));
    assert.equal(framed.length, 8 + 4 + 9 + 4);
    assert.equal(framed.readBigUInt64LE(0), 9n);
    assert.equal(framed.readUInt32LE(8), maskedChecksum(framed.subarray(0, 8)));
    assert.equal(framed.toString("latin1", 12, 21), "123456789");
    assert.equal(framed.readUInt32LE(21), maskedChecksum(Buffer.from("123456789")));
  });
});
