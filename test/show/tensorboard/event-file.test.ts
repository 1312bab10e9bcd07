import assert from "node:assert/strict";
import { EventFile } from "../../../lib/show/tensorboard/event-file";
import { withFolder } from "../../text/server";

describe("EventFile", () => {
  it("is named where it can no longer be written", () =>
    withFolder(async (folder) => {
      const file = await EventFile.begin(folder, "a-training", 1);
      await file.close();
      await assert.rejects(
        file.write({ wallTime: 0, step: 1 }),
        (error: Error) =>
          error.message.startsWith(`Could not write ${folder}`) && error.message.includes("a-training: "),
      );
    }));
});
