import assert from "node:assert/strict";
import { TestKernel } from "./client";

describe("a cell is answered", () => {
  let kernel: TestKernel;
  before(async () => {
    kernel = await TestKernel.start();
  });
  after(() => kernel.stop());

  const throwing =
    "new Proxy({}, { get() { throw 1; }, ownKeys() { throw 2; }, getPrototypeOf() { throw 3; } })";
  const thrown: Readonly<Record<string, [code: string, told: RegExp]>> = {
    "whose cause leads back to itself": [
      "const e = new Error('a'); e.cause = new Error('b', { cause: e }); throw e;",
      /^Error: a[^]*Caused by Error: b[^]*Caused by an error that is told above$/,
    ],
    "with 1,000 causes": [
      "let e = new Error('0'); for (let i = 1; i < 1e3; i++) e = new Error(String(i), { cause: e }); throw e;",
      /^Error: 999\n[^]*Caused by Error: 985\n/,
    ],
    "with a message that throws": [
      "throw Object.defineProperty(new Error(), 'message', { get() { throw new Error('no'); } });",
      /^Error: \(its message throws when it is read\)/,
    ],
    "with a stack and a name that throw": [
      "const f = { get() { throw 1; } }; throw Object.defineProperties(new Error('seen'), { stack: f, name: f });",
      /^Error: seen/,
    ],
    "with a cause and errors that throw": [
      "const g = { get() { throw 1; } }; throw Object.defineProperties(new AggregateError([], 'many'), { errors: g, cause: g });",
      /^AggregateError: many/,
    ],
    "whose message is an object": [
      "throw Object.assign(new Error(), { message: { a: 1 } });",
      /^Error: { a: 1 }/,
    ],
    "that is a Proxy": [`throw ${throwing};`, /^Thrown: /],
    "that is a Proxy of an error": [
      "throw new Proxy(new Error('inner'), { get() { throw 1; }, getPrototypeOf() { throw 2; } });",
      /^Thrown: (Proxy\()?Error: inner/, // Node 26 says that it is one
    ],
    "without a prototype": ["throw Object.create(null);", /^Thrown: \[Object: null prototype\] {}/],
    "that is undefined": ["throw undefined;", /^Thrown: undefined/],
    "that is a symbol": ["throw Symbol('s');", /^Thrown: Symbol\(s\)/],
    "that throws when it is shown": [
      "throw { [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('not to be shown'); } };",
      /^Thrown: {/,
    ],
    "with a message of 60 million characters": ["throw new Error('long'.repeat(15e6));", /^Error: longlong/],
  };
  for (const [what, [code, told]] of Object.entries(thrown)) {
    it(`that throws something ${what}`, async () => {
      const { reply, traceback } = await kernel.execute(`{ ${code} }`);
      assert.equal(reply.status, "error");
      assert.match(traceback.slice(0, 100_000), told);
    });
  }

  const values: Readonly<Record<string, [code: string, shown: RegExp]>> = {
    "a Proxy whose traps throw": [throwing, /^({}|Proxy\({}\))$/], // Node 26 says that it is one
    "an object whose getter throws": ["({ get a() { throw new Error(); } })", /a: \[Getter\]/],
    "an object that throws when it is shown": [
      "({ b: 1, [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error(); } })",
      /b: 1/,
    ],
    "an object whose class throws": [
      "Object.create({ get ['constructor']() { throw new Error(); }, get [Symbol.toStringTag]() { throw new Error(); } })",
      /^(\[a value of type object that throws when it is shown\]|{})$/, // Node 24 shows it
    ],
    "an object whose toString throws": ["({ toString() { throw new Error(); } })", /toString/],
    "an object without a prototype": ["Object.create(null)", /null prototype/],
    "an error with a throwing stack": [
      "Object.defineProperty(new Error('e'), 'stack', { get() { throw new Error(); } })",
      /./,
    ],
    "an object of 100,000 levels": [
      "let deep = {}; for (let i = 0; i < 1e5; i++) deep = { deep }; deep",
      /\[Object\]/,
    ],
    "a text of 500 million characters": [
      "'long'.repeat(125e6)",
      /^longlong[^]*… 490,000,000 more characters$/,
    ],
  };
  for (const [what, [code, shown]] of Object.entries(values)) {
    it(`whose value is ${what}`, async () => {
      const { reply, result } = await kernel.execute(code);
      assert.equal(reply.status, "ok", reply.evalue);
      assert.match(result ?? "", shown);
    });
  }

  it("whose value takes for ever to be shown, once it is interrupted", async () => {
    const shown = kernel.execute(
      "({ [Symbol.for('nodejs.util.inspect.custom')]() { console.log('shown'); for (;;); } })",
    );
    await kernel.printed("shown");
    kernel.interrupt();
    assert.equal((await shown).reply.ename, "KeyboardInterrupt");
  });

  it("that prints a text of 40 million characters", async () => {
    const { stdout } = await kernel.execute("process.stdout.write('long'.repeat(1e7)); 1");
    assert.equal(stdout.length, 40e6);
  });

  it("that calls `process.exit`, with an error and the way out, and its variables are kept", async () => {
    const { reply } = await kernel.execute("const before = 'here'; process.exit(0);");
    assert.match(reply.evalue, /^`process.exit` would end the kernel, and all variables with it/);
    assert.equal((await kernel.execute("before")).result, "here");
  });

  it("by an error of a timer, which ends nothing", async () => {
    await kernel.execute(
      "setTimeout(() => { throw new Error('in a timer'); }, 1); void Promise.reject('unheard');",
    );
    await kernel.printed("in a timer");
    await kernel.printed("unheard");
    await kernel.execute(
      `setTimeout(() => { throw ${throwing}; }, 1); setTimeout(() => console.log("later"), 20)`,
    );
    await kernel.printed("later");
    assert.equal((await kernel.execute("before")).result, "here");
  });

  it("with nothing of a request that the kernel does not know", async () => {
    const { reply } = await kernel.request("history_request", { hist_access_type: "tail", n: 10 });
    assert.deepEqual(reply, { status: "ok", history: [] });
    assert.deepEqual((await kernel.request("comm_info_request", {})).reply, { status: "ok", comms: {} });
    const broken = { code: 1, cursor_pos: "nowhere" };
    assert.equal((await kernel.request("complete_request", broken)).reply.status, "error");
    const last = kernel.published.length;
    await kernel.tell("usage_request", {});
    await kernel.tell("comm_open", { comm_id: "1", target_name: "none", data: {} });
    assert.equal((await kernel.execute("2")).result, "2");
    assert.deepEqual(
      kernel.published.slice(last).filter(({ type }) => type === "stream"),
      [],
    );
  });
});
