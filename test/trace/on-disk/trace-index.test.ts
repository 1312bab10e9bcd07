import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ownerName, thisProcess } from "../../../lib/base/files/owner";
import type { Progress } from "../../../lib/base/progress";
import type { Part, Text } from "../../../lib/text/text";
import { trace, type TraceOptions } from "../../../lib/trace/trace";
import { TraceIndex } from "../../../lib/trace/on-disk/trace-index";
import { partOf, textOf } from "../texts";
import { written } from "./written";

const folder = mkdtempSync(path.join(tmpdir(), "palimpsest-index-"));
const index = path.join(folder, "index");

after(() => rmSync(folder, { recursive: true, force: true }));

const ahab = textOf(
  "Call me Ishmael.\nSome years ago, never mind how long precisely,\n",
  "Moby-Dick",
  "Melville",
);
const emma = textOf("Some years ago, never mind how,\nEmma Woodhouse was handsome.\n", "Emma");

describe("TraceIndex.open(folder, texts)", () => {
  it("builds an index, and opens it without building it again", async () => {
    const events: Progress[] = [];
    const onProgress = (progress: Progress) => void events.push(progress);
    (await TraceIndex.open(index, [ahab, emma], { onProgress })).close();
    assert.ok(
      events.some(({ done, total }) => done === total && total === ahab.content.length + emma.content.length),
    );
    events.length = 0;
    (await TraceIndex.open(index, [ahab, emma], { onProgress })).close();
    assert.deepEqual(events, []);
  });

  it("builds it anew for other texts, other names and other options, and leaves nothing beside it", async () => {
    const changes: [readonly (Text | Part)[], TraceOptions][] = [
      [[emma, ahab], {}],
      [[emma], {}],
      [[{ ...emma, title: "Emma, 1815" }], {}],
      [[partOf(emma, 5)], {}],
      [[partOf(emma, 5)], { minLength: 9 }],
      [[partOf(emma, 5)], { minLength: 9, ignoreCase: true }],
      [[partOf(emma, 5)], { minLength: 9, collapseWhitespace: true }],
      [[partOf(emma, 5), emma], { minLength: 9, collapseWhitespace: true }],
    ];
    for (const [texts, options] of changes) {
      let built = 0;
      for (let time = 0; time < 2; time++) {
        (await TraceIndex.open(index, texts, { ...options, onProgress: () => built++ })).close();
        assert.ok(built > 0);
        if (time === 0) built = 0.5; // The second time must not add to it.
      }
      assert.equal(built, 0.5);
    }
    assert.deepEqual(readdirSync(folder), ["index"]);
  });

  it("takes texts one after the other from a function", async () => {
    function* texts() {
      yield ahab;
      yield emma;
    }
    const opened = await TraceIndex.open(index, texts, { minLength: 9 });
    assert.deepEqual(
      opened.texts.map(({ title }) => title),
      ["Moby-Dick", "Emma"],
    );
    opened.close();
  });

  it("opens what is there where no texts are given, and says so where nothing is", async () => {
    (await TraceIndex.open(index, [ahab], { minLength: 9 })).close();
    const opened = await TraceIndex.open(index);
    assert.equal(opened.minLength, 9);
    assert.equal(opened.trace("Call me Ishmael").passages.length, 1);
    opened.close();
    const none = path.join(folder, "none");
    await assert.rejects(TraceIndex.open(none), {
      message: `Expected an index in ${none}, found none; give the texts and it is built`,
    });
  });

  it("leaves an index as it is where a new one could not be built", async () => {
    (await TraceIndex.open(index, [ahab], { minLength: 9 })).close();
    function* failing() {
      yield emma;
      throw new Error("The disk is gone");
    }
    await assert.rejects(TraceIndex.open(index, failing), /The disk is gone/);
    assert.deepEqual(readdirSync(folder), ["index"]);
    (await TraceIndex.open(index)).close();
  });

  it("takes the place of no folder of somebody's own, and of no file", async () => {
    const place = path.join(folder, "books");
    mkdirSync(place);
    writeFileSync(path.join(place, "mine.txt"), "the only copy");
    await assert.rejects(
      TraceIndex.open(place, [ahab, emma]),
      /books, or an older one of this kind, found mine\.txt/,
    );
    await assert.rejects(TraceIndex.open(path.join(place, "mine.txt"), [ahab, emma]), /mine\.txt/);
    assert.equal(readFileSync(path.join(place, "mine.txt"), "utf8"), "the only copy");
    rmSync(place, { recursive: true });
  });

  it("is built anew where one of its files is missing, whichever it is", async () => {
    const place = path.join(folder, "lacking");
    (await TraceIndex.open(place, [ahab, emma])).close();
    for (const name of readdirSync(place)) {
      rmSync(path.join(place, name), { recursive: true });
      (await TraceIndex.open(place, [ahab, emma])).close();
      assert.ok(existsSync(path.join(place, name)), name);
    }
    rmSync(place, { recursive: true });
  });

  it("builds an index of another format anew", async () => {
    (await TraceIndex.open(index, [ahab], { minLength: 9 })).close();
    writeFileSync(path.join(index, "index.json"), JSON.stringify({ format: "palimpsest index 0" }));
    const opened = await TraceIndex.open(index, [ahab], { minLength: 9 });
    assert.equal(opened.trace("Call me Ishmael").passages.length, 1);
    opened.close();
  });

  it("lets several open the same one at once, in a process that has none yet", async () => {
    const texts = [textOf(written(1, 3000)), textOf(written(2, 3000))];
    const sample = texts[1].content.slice(100, 200);
    const all = await Promise.all([1, 2, 3, 4].map(() => TraceIndex.open(index, texts)));
    for (const opened of all) {
      assert.equal(opened.trace(sample).passages.length, 1);
      opened.close();
    }
    assert.deepEqual(readdirSync(path.dirname(index)), [path.basename(index)]);
  });

  it("removes what a process has left that was killed while it built one", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    for (const name of [".index.0.part", `.index.${pid}.part`, `.other.${pid}.part`]) {
      const part = path.join(
        path.dirname(index),
        name.replace(".0.", `.${ownerName({ ...thisProcess(), pid })}-1.`),
      );
      mkdirSync(part);
      writeFileSync(path.join(part, "records"), "half of th");
    }
    (await TraceIndex.open(index, [textOf(written(1, 3000))])).close();
    assert.deepEqual(readdirSync(path.dirname(index)), [path.basename(index)]);
  });

  it("says which lengths it can find", async () => {
    await assert.rejects(
      TraceIndex.open(index, [ahab], { minLength: 6 }),
      /at least 7, got 6; `trace` finds/,
    );
    const opened = await TraceIndex.open(index, [ahab], { minLength: 9 });
    assert.throws(
      () => opened.trace("", { minLength: 8 }),
      /`minLength` >= 9.*got 8; open it with the smaller/,
    );
    assert.throws(() => opened.trace("", { maxOccurrences: 0 }), /`maxOccurrences`.*got 0/);
    opened.close();
  });
});

describe("TraceIndex", () => {
  it("gives its texts with their content, also once it is closed", async () => {
    const texts = [ahab, partOf(emma, 5), textOf("Ἰλιάς 😀 “Iliad”"), textOf("")];
    for (const ignoreCase of [false, true]) {
      const opened = await TraceIndex.open(index, texts, { ignoreCase });
      opened.close();
      assert.deepEqual(JSON.parse(JSON.stringify(opened.texts)), texts);
    }
  });

  it("gives a piece of each text without reading the rest", async () => {
    const texts = [ahab, partOf(emma, 5), textOf("Ἰλιάς 😀 “Iliad”"), textOf("")];
    for (const ignoreCase of [false, true]) {
      const opened = await TraceIndex.open(index, texts, { ignoreCase });
      opened.close();
      for (const [number, { content }] of texts.entries()) {
        for (const [from, to] of [
          [0, 8],
          [5, 5],
          [3, 1000],
          [900, 1000],
        ])
          assert.equal(opened.texts[number].slice?.(from, to), content.slice(from, to));
      }
    }
  });

  it("finds longer passages than those it was built for", async () => {
    const opened = await TraceIndex.open(index, [ahab, emma], { minLength: 9 });
    const sample = "Some years ago, never mind how long. Call me Ishmael.";
    for (const minLength of [9, 20, 40]) {
      assert.deepEqual(opened.trace(sample, { minLength }), {
        ...trace(sample, [ahab, emma], { minLength }),
        texts: opened.texts,
      });
    }
    opened.close();
  });

  it("is about five bytes a character beside the texts", async () => {
    const text = textOf(written(1, 200_000));
    (await TraceIndex.open(index, [text])).close();
    const bytes = (file: string) => statSync(path.join(index, file)).size;
    assert.equal(bytes("compared"), text.content.length + 4 * Math.ceil(text.content.length / 4096)); // with checksums
    const rest = bytes("records") + bytes("directory") + bytes("places");
    assert.ok(rest < 5.5 * text.content.length, `${rest} bytes`);
  });
});
