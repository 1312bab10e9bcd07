import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { collect, generateMany, type GeneratedText } from "../../lib/generate/many";
import { saveTexts } from "../../lib/generate/to-file";
import { Model } from "../../lib/network/model";
import { Vocabulary } from "../../lib/text/tokens/vocabulary";

describe("saveTexts", () => {
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "palimpsest-texts-"))));
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const texts: GeneratedText[] = [
    { prompt: "\n", temperature: 0.5, seed: 11, text: "Gräser,\nwind" },
    { prompt: "Once ", temperature: [1, 0.2], seed: 12, text: 'upon "a" 🌊' },
  ];

  it("writes each text after its prompt, with a separator between them", async () => {
    const file = path.join(folder, "new", "texts.txt");
    assert.equal(await saveTexts(texts, file), 2);
    assert.equal(fs.readFileSync(file, "utf8"), 'Gräser,\nwind\n\n* * *\n\nOnce upon "a" 🌊\n');
    await saveTexts(texts, file, { separator: "\n" });
    assert.equal(fs.readFileSync(file, "utf8"), 'Gräser,\nwind\nOnce upon "a" 🌊\n');
  });

  for (const ending of ["jsonl", "jsonlines", "ndjson"])
    it(`writes an object a line into a .${ending} file`, async () => {
      const file = path.join(folder, `texts.${ending}`);
      await saveTexts(texts, file);
      const lines = fs.readFileSync(file, "utf8").split("\n");
      assert.equal(lines.pop(), "");
      assert.deepEqual(
        lines.map((line) => JSON.parse(line)),
        texts,
      );
    });

  it("takes the texts of a model as they come", async () => {
    const model = await Model.create({ neurons: 8 }, Vocabulary.of(["abc \n"]));
    const file = path.join(folder, "texts.jsonl");
    assert.equal(await saveTexts(generateMany(model, { n: 3, length: 20 }), file), 3);
    const written = fs.readFileSync(file, "utf8").trim().split("\n");
    assert.deepEqual(
      written.map((line) => JSON.parse(line)),
      await collect(generateMany(model, { n: 3, length: 20 })),
    );
    model.dispose();
  });

  it("leaves the file as it was where the texts end with an error", async () => {
    const file = path.join(folder, "texts.txt");
    fs.writeFileSync(file, "before");
    async function* failing() {
      yield texts[0];
      throw new Error("no more");
    }
    await assert.rejects(saveTexts(failing(), file), /no more/);
    assert.equal(fs.readFileSync(file, "utf8"), "before");
    assert.deepEqual(fs.readdirSync(folder), ["texts.txt"]);
  });
});
