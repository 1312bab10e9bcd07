import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { checkBook } from "../../../../lib/text/sources/gutenberg/complete";
import { withFolder } from "../../server";

describe("checkBook", () => {
  const check = async (content: string) => {
    let found = {};
    await withFolder(async (folder) => {
      const file = path.join(folder, "pg7.txt");
      await writeFile(file, content);
      found = await checkBook(file, 7);
    });
    return found;
  };

  it("takes no page of words on Project Gutenberg's books for one", async () => {
    for (const words of [
      "Sorry, the Project Gutenberg eBook that you asked for is not on this mirror.\n",
      "Error 404. The Project Gutenberg eBook #7 was not found.\n",
      "Please read the small print at www.mirror.org before you download.\n",
    ])
      assert.deepEqual(await check(words), { problem: "not book 7: it has no head of Project Gutenberg" });
  });

  it("takes a book of the 1990s without a last line", async () => {
    for (const head of [
      "*****The Project Gutenberg Etext of Seven*****",
      "Project Gutenberg's Seven, by Ann Body",
      "***START**THE SMALL PRINT!**FOR PUBLIC DOMAIN ETEXTS**START***",
      "Seven\n\nMay, 1997 [Etext #7]",
    ])
      assert.deepEqual(await check(`${head}\n\nIt rose.\n\nTHE END\n`), {});
  });
});
