import assert from "node:assert/strict";
import { tracedIn } from "../../../cli/options/traced-in";
import { TextLibrary } from "../../../lib/text/library";
import type { Library } from "../../../lib/text/library";
import { textOf } from "../../trace/texts";

describe("tracedIn(library, given)", () => {
  const library = new TextLibrary([textOf("the cat sat on the mat and slept")], { validation: 0 });

  it("is the training parts of a library in memory", async () => {
    const traced = await tracedIn(library, {});
    assert.equal(traced?.trace("the cat sat on the mat").passages.length, 1);
  });

  it("is nothing, which is said, where a text is longer than a string can be, and reads none of it", async () => {
    const [part] = library.training;
    const long = {
      ...part,
      stored: { length: 2 ** 31, sha256: "", ids: () => [] },
      get content(): string {
        throw new Error("All of it was read");
      },
    };
    const said: string[] = [];
    const { write } = process.stderr;
    process.stderr.write = ((words: string) => said.push(words) > 0) as typeof write;
    try {
      assert.equal(
        await tracedIn({ ...library, training: [long] } as unknown as Library, { stream: true }),
        undefined,
      );
    } finally {
      process.stderr.write = write;
    }
    assert.match(said.join(""), /is not traced: "A text" has 2147483648 characters/);
  });
});
