import assert from "node:assert/strict";
import { TestKernel } from "./client";

describe("a cell that forgets something is told the way on", () => {
  let kernel: TestKernel;
  before(async () => {
    kernel = await TestKernel.start();
    const { reply } = await kernel.execute(
      'import { TextLibrary, Training, train, watch } from "./lib"; let training: Training;',
    );
    assert.equal(reply.status, "ok", reply.evalue);
  });
  after(() => kernel.stop());

  const open = 'TextLibrary.open(["README.md"])';
  const told: Readonly<Record<string, [code: string, words: RegExp]>> = {
    "`await` before an object of which it uses a property": [
      `const early = ${open};\nearly.training`,
      /2:7 Property 'training' does not exist on type 'Promise<TextLibrary>'.*\n.*\n.*\nIt is still a promise: put `await` before/,
    ],
    "`await` before what it hands over": [
      `await Training.start(${open});`,
      /Argument of type 'Promise<TextLibrary>'[^]*\nIt is still a promise: put `await` before/,
    ],
    "`await` before a call of the library": [
      `for (const _ of [1]) {\n  watch(train(training));\n}\n1`,
      /cell\[\d+\]\.ts:2:3 Nobody waits for `watch\(train\(training\)\)`: put `await` before it, or `void` to let/,
    ],
    "the loop over a training": [
      "train(training);",
      /1:1 `train\(training\)` by itself does nothing: .*`for await \(const event of train\(training\)\)`/,
    ],
    "the loop over a training, and waits for it": [
      "await train(training);\nconsole.log('done');",
      /1:1 `train\(training\)` by itself does nothing: .*await watch\(train\(training\), library\)`\.\n/,
    ],
    "`await` in the loop over a training": [
      "for (const event of train(training)) event;",
      /must have a '\[Symbol.iterator\]\(\)' method[^]*\n.*write `for await \(… of …\)`\./,
    ],
    "to run the cell that declares a name": [
      "poetOfMine.length",
      /Cannot find name 'poetOfMine'[^]*\nWhere another cell declares `poetOfMine`, run that one first\.$/,
    ],
    "to run the cell that declares a name of which the library speaks": [
      "library.texts",
      /Cannot find name 'library'[^]*\nWhere another cell declares `library`, run that one first\.$/,
    ],
    "to run the cell that declares a name in short": [
      "({ poetOfMine })",
      /No value exists[^]*\nWhere another cell declares `poetOfMine`, run that one first\.$/,
    ],
    "how an option is spelt that stands in a variable": [
      "const options = { sampleEvry: 5 }; await watch(train(training, options), training.library);",
      /has no properties in common with type 'TrainOptions'[^]*\nTrainOptions has no `sampleEvry`: look at the spelling\./,
    ],
    "how an option of a call of several forms is spelt that stands in a variable": [
      "const slip = { sampleEvry: 5 }; await watch(training, slip);",
      /No overload matches[^]*\nTrainOptions & WatchOptions has no `sampleEvry`: look at the spelling\./,
    ],
    "the brackets of a list, around one name": [
      'await TextLibrary.open("README.md")',
      /readonly Source\[\]'[^]*\nIt takes a list: put square brackets around it, as in `await TextLibrary\.open\(\["/,
    ],
    "the brackets of a list, around one book": [
      "await TextLibrary.open({ gutenberg: 158 })",
      /readonly Source\[\]'[^]*\nIt takes a list/,
    ],
    "the title of a text": [
      'await TextLibrary.open([{ text: "An old silent pond" }])',
      /\nA text needs a title: `{ text: "…", title: "Mine" }`\./,
    ],
    "where the library is": [
      'import { Poet } from "../lib"',
      /\nThe library is `\.\/lib` in every notebook, as in/,
    ],
    "that this is not Python": [
      "print(1)",
      /Cannot find name 'print'[^]*\nIn TypeScript it is `console\.log\(…\)`\./,
    ],
    "an import of the library": [
      "Poet.load('pretrained')",
      /Cannot find name 'Poet'[^]*\nThe library has it: `import { Poet } from ".\/lib"`, or run the cell that imports it/,
    ],
    "an import of a type": [
      "let entry: CatalogueEntry | undefined",
      /Cannot find name 'CatalogueEntry'[^]*\nThe library has it: `import { CatalogueEntry } from ".\/lib"`/,
    ],
  };
  for (const [what, [code, words]] of Object.entries(told)) {
    it(what, async () => {
      const { reply, traceback } = await kernel.execute(code);
      assert.equal(reply.status, "error");
      assert.match(traceback, words);
    });
  }

  it("and nothing where it is meant: `void`, a variable, functions of its own", async () => {
    const { reply, traceback } = await kernel.execute(
      `const opened = ${open}; void ${open};
       const own = async () => 1; own();
       async function* numbers() { yield 1; } numbers();
       (await opened).texts.length`,
    );
    assert.equal(reply.status, "ok", traceback);
  });
});
