/** TFRecord: how event files frame what they hold, so that a reader knows a record that was cut short from a whole one. */
import { buf as crc32c } from "crc-32/crc32c";

/**
 * A record: its length as 64 bits and a checksum of that, the data and a checksum of them, all little-endian
 * (TensorFlow, "TFRecord and tf.train.Example", section "TFRecords format details").
 */
export function record(data: Uint8Array): Uint8Array {
  const framed = new Uint8Array(8 + 4 + data.length + 4);
  const view = new DataView(framed.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedChecksum(framed.subarray(0, 8)), true);
  framed.set(data, 12);
  view.setUint32(12 + data.length, maskedChecksum(data), true);
  return framed;
}

/** CRC-32C, turned and moved so that the checksum of data that hold checksums is none of theirs. */
export function maskedChecksum(data: Uint8Array): number {
  const checksum = crc32c(data) >>> 0;
  return (((checksum >>> 15) | (checksum << 17)) + 0xa282ead8) >>> 0;
}
