import assert from "node:assert/strict";
import { recordLayout } from "../../../lib/trace/on-disk/index-format";
import { IndexMatches } from "../../../lib/trace/on-disk/index-matches";

/** Blocks of 12 characters, every 8; records see 8 before and 28 from its beginning on. */
const layout = recordLayout({ block: 12, stride: 8 });

/** The longest matches of a sample of 100 characters, and the blocks by which the rest must be read. */
function joined(tell: (matches: IndexMatches) => void) {
  const matches = new IndexMatches(100, layout);
  tell(matches);
  const unclear: [number, number][] = [];
  matches.join(20, (place, number) => unclear.push([place, number]));
  const longest: number[][] = [];
  matches.forEachLongest((...match) => longest.push(match));
  return { longest, unclear };
}

describe("IndexMatches", () => {
  it("joins where a match begins to where it ends next on its diagonal", () => {
    const { longest, unclear } = joined((matches) => {
      matches.end(77, 1008, 20);
      matches.end(45, 1004, 14);
      matches.end(37, 1003, 22);
      matches.begin(13, 1000, 3);
      matches.begin(69, 1007, 0);
      matches.end(46, 1004, 13); // one place further: another diagonal
    });
    assert.deepEqual(longest, [
      [10, 59, 13, 1000],
      [69, 97, 69, 1007],
    ]);
    assert.deepEqual(unclear, []);
  });

  it("tells the first block where the end is in doubt, and where none is known", () => {
    const { longest, unclear } = joined((matches) => {
      matches.begin(13, 0, 3);
      matches.doubt(29, 2);
      matches.end(37, 3, 15);
      matches.begin(50, 77, 7);
    });
    assert.deepEqual(longest, []);
    assert.deepEqual(unclear, [
      [13, 0],
      [50, 77],
    ]);
  });

  it("leaves out what lies in a longer match, and nothing else", () => {
    const { longest } = joined((matches) => {
      matches.add(10, 40, 12, 1);
      matches.add(10, 39, 12, 2);
      matches.add(11, 40, 12, 3);
      matches.add(10, 40, 20, 4);
      matches.add(39, 60, 40, 5);
      matches.add(60, 80, 62, 6);
      matches.know(60, 81);
    });
    assert.deepEqual(
      longest.map(([, , , number]) => number),
      [1, 4, 5],
    );
  });
});
