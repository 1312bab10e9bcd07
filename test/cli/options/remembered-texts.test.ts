import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../../../cli/exit-codes";
import { rememberedTexts, rememberTexts } from "../../../cli/options/remembered-texts";
import { withFolder } from "../../text/server";

describe("the texts that a run remembers", () => {
  const given = { texts: ["sea.txt", "hill.txt"], weights: [1, 2] };

  it("are those that it was given, also for its checkpoints, also where an older note has no checksum", () =>
    withFolder(async (folder) => {
      await rememberTexts(folder, given);
      assert.deepEqual(await rememberedTexts(folder), given);
      assert.deepEqual(await rememberedTexts(path.join(folder, "iteration-0000010")), given);
      for (const indent of [0, 2]) {
        writeFileSync(path.join(folder, "texts.json"), `${JSON.stringify(given, null, indent)}\n`);
        assert.deepEqual(await rememberedTexts(folder), given);
      }
    }));

  it("are refused where the note is damaged, which is not the same as none", () =>
    withFolder(async (folder) => {
      await assert.rejects(rememberedTexts(folder), UsageError);
      await rememberTexts(folder, given);
      const note = path.join(folder, "texts.json");
      writeFileSync(note, readFileSync(note, "utf8").replace("[1,2]", "[1,3]"));
      await assert.rejects(
        rememberedTexts(folder),
        (error: Error) =>
          error.message.includes(note) &&
          /its checksum does not fit.*Name the texts again/.test(error.message),
      );
      writeFileSync(note, '{\n  "texts": [');
      await assert.rejects(rememberedTexts(folder), /texts\.json as it was written, but it is no JSON/);
    }));
});
