import assert from "node:assert/strict";
import { importFolder, TestKernel } from "./client";

describe("what a cell puts out", () => {
  let kernel: TestKernel;
  before(async () => {
    kernel = await TestKernel.start();
  });
  after(() => kernel.stop());

  it("arrives complete and in order when it is a flood", async () => {
    const { outputs, stdout } = await kernel.execute(
      "for (let line = 0; line < 20_000; line++) console.log(`line ${line}`);",
    );
    assert.equal(stdout, Array.from({ length: 20_000 }, (_, line) => `line ${line}\n`).join(""));
    assert.ok(outputs.length < 2_000, `${outputs.length} messages`);
  });

  it("arrives complete when displays and both streams take turns a thousand times", async () => {
    const { outputs } = await kernel.execute(
      `import { display } from "./lib/show/notebook";
       for (let turn = 0; turn < 1000; turn++) {
         console.log(turn);
         console.error(turn);
         display({ "text/plain": String(turn) });
       }`,
    );
    const arrived = outputs.map(({ type, content }) =>
      type === "stream" ? `${content.name} ${content.text.trim()}` : `display ${content.data["text/plain"]}`,
    );
    const turns = Array.from({ length: 1000 }, (_, turn) => turn);
    assert.deepEqual(
      arrived,
      turns.flatMap((turn) => [`stdout ${turn}`, `stderr ${turn}`, `display ${turn}`]),
    );
  });

  it("may be one very long text", async () => {
    const { stdout } = await kernel.execute("console.log('palimpsest'.repeat(1_000_000));");
    assert.equal(stdout.length, 10_000_001);
  });

  it("keeps characters whole that are written in pieces, and tells the writer when they are", async () => {
    const { stdout } = await kernel.execute(
      `for (const byte of Buffer.from("é€😀")) {
         await new Promise<void>((resolve) => process.stdout.write(Buffer.of(byte), () => resolve()));
       }`,
    );
    assert.equal(stdout, "é€😀");
  });

  it("is decoded as the writer says", async () => {
    const { stdout } = await kernel.execute("process.stdout.write('68690a', 'hex'); 0");
    assert.equal(stdout, "hi\n");
  });

  it("holds no half of a character, with which Jupyter could not save a notebook", async () => {
    const { stdout, result } = await kernel.execute("console.log('a' + '😀'[1]); '😀'[0]");
    assert.deepEqual([stdout, result], ["a\ufffd\n", "\ufffd"]);
    const { reply, traceback } = await kernel.execute("throw new Error('😀'[0]);");
    assert.deepEqual([reply.evalue, traceback.split("\n")[0]], ["\ufffd", "Error: \ufffd"]);
    const { outputs } = await kernel.execute(
      `import { display as displayHalf } from "./lib/show/notebook"; displayHalf({ "text/plain": "😀"[0] });`,
    );
    assert.equal(outputs[0].content.data["text/plain"], "\ufffd");
  });

  it("shows the last expression as the cell's result", async () => {
    const { outputs, reply } = await kernel.execute("const poem = 'two\\nlines'; poem");
    assert.deepEqual(outputs, [
      {
        type: "execute_result",
        content: {
          execution_count: reply.execution_count,
          data: { "text/plain": "two\nlines" },
          metadata: {},
        },
      },
    ]);
    assert.equal((await kernel.execute("({ a: [1] })")).result, "{ a: [ 1 ] }");
    assert.equal((await kernel.execute("undefined")).result, undefined);
  });

  it("is replaced in place by its display id", async () => {
    const { outputs } = await kernel.execute(
      `import { display as show, inNotebook } from "./lib/show/notebook";
       const shown = show({ "text/plain": "0 %", "text/html": "<progress value=0>" });
       shown.update({ "text/plain": "100 %" });
       console.log(inNotebook());`,
    );
    assert.deepEqual(
      outputs.map(({ type }) => type),
      ["display_data", "update_display_data", "stream"],
    );
    const [first, second] = outputs.map(({ content }) => content);
    assert.deepEqual(first.data, { "text/plain": "0 %", "text/html": "<progress value=0>" });
    assert.deepEqual(second.data, { "text/plain": "100 %" });
    assert.equal(typeof first.transient.display_id, "string");
    assert.equal(second.transient.display_id, first.transient.display_id);
    assert.equal(outputs[2].content.text, "true\n");
  });

  it("carries bytes as base64", async () => {
    const { outputs } = await kernel.execute(
      `show({ "text/plain": "a picture", "image/png": new Uint8Array([1, 2, 3]) });`,
    );
    assert.equal(outputs[0].content.data["image/png"], "AQID");
  });

  it("may come from tslab's own displays", async () => {
    const { outputs } = await kernel.execute(
      `import * as tslab from "tslab"; tslab.display.html("<b>bold</b>");`,
    );
    assert.deepEqual(outputs[0].content.data, { "text/html": "<b>bold</b>" });
  });

  it("tells what it waits for while its imports take long, and takes that back", async () => {
    const folder = importFolder();
    folder.write(
      "slow.ts",
      "const end = Date.now() + 2100; while (Date.now() < end); import 'node:dgram'; require('node:net'); export const slow = 1;\n",
    );
    const first = kernel.published.length;
    try {
      const { outputs, result } = await kernel.execute(
        `import { slow } from "${folder.path}/slow"; console.log("its own"); slow`,
      );
      const told = kernel.published.slice(first).map(({ type, content }) => content.text ?? type);
      assert.ok(
        told.some((text) => /^Loading node:(dgram|net) … \d+ s\n$/.test(text)),
        told.join(),
      );
      assert.deepEqual(told.slice(-4), ["clear_output", "its own\n", "execute_result", "status"]);
      assert.deepEqual([outputs.length, result], [2, "1"]);
    } finally {
      folder.remove();
    }
  });

  it("that comes after the cell has ended still belongs to it", async () => {
    const { reply } = await kernel.execute("setTimeout(() => console.log('afterwards'), 10);");
    await kernel.printed("afterwards");
    assert.equal(reply.status, "ok");
  });
});
