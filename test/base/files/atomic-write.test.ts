import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { ownerName, thisProcess } from "../../../lib/base/files/owner";
import { removeAbandoned, writeWhole, writeWholeFolder } from "../../../lib/base/files/atomic-write";
import { withFolder } from "../../text/server";

describe("writeWhole", () => {
  it("leaves the old file, and nothing else, where the new one fails half-way", () =>
    withFolder(async (scratch) => {
      const file = path.join(scratch, "book.txt");
      await writeWhole(file, (part) => writeFile(part, "old"));
      const failed = writeWhole(file, async (part) => {
        await writeFile(part, "half of the n");
        throw new Error("broke off");
      });
      await assert.rejects(failed, /broke off/);
      assert.equal(await readFile(file, "utf8"), "old");
      assert.deepEqual(await readdir(scratch), ["book.txt"]);
    }));

  it("lets two writers of one file end with the file of one of them", () =>
    withFolder(async (scratch) => {
      const file = path.join(scratch, "new", "book.txt");
      const write = (text: string) => writeWhole(file, (part) => writeFile(part, text.repeat(100_000)));
      await Promise.all([write("a"), write("b")]);
      assert.match(await readFile(file, "utf8"), /^(a{100000}|b{100000})$/);
    }));

  it("says where the disk is full which file could not be written, and leaves nothing", () =>
    withFolder(async (scratch) => {
      const file = path.join(scratch, "book.txt");
      const full = () =>
        Object.assign(new Error("ENOSPC: no space left on device, write"), {
          code: "ENOSPC",
          syscall: "write",
        });
      const write = async (part: string) => {
        await writeFile(part, "x".repeat(1234));
        if (existsSync("/dev/full")) await writeFile("/dev/full", "more"); // as a real disk says it
        throw full();
      };
      await assert.rejects(writeWhole(file, write), {
        code: "ENOSPC",
        message: `Could not write ${file}, after 1,234 bytes: the disk is full; make room. Nothing of it is left. (ENOSPC)`,
      });
      const folder = path.join(scratch, "index");
      const inFolder = (part: string) => write(path.join(part, "records"));
      await assert.rejects(
        writeWholeFolder(folder, inFolder),
        /Could not write .*index, after 1,234 bytes: the disk is full/,
      );
      assert.deepEqual(await readdir(scratch), []);
    }));

  it("leaves errors of reading to those who read", () =>
    withFolder(async (scratch) => {
      const source = path.join(scratch, "gone.txt");
      const copied = writeWhole(path.join(scratch, "copy.txt"), async (part) =>
        writeFile(part, await readFile(source)),
      );
      await assert.rejects(copied, /^Error: ENOENT: no such file or directory, open '.*gone.txt'$/);
    }));
});

describe("writeWholeFolder", () => {
  it("lets several writers of one folder in one process all succeed", () =>
    withFolder(async (scratch) => {
      const folder = path.join(scratch, "index");
      const write = (text: string) =>
        writeWholeFolder(folder, (part) => writeFile(path.join(part, "a"), text));
      await Promise.all(["1", "2", "3", "4", "5"].map(write));
      assert.match(await readFile(path.join(folder, "a"), "utf8"), /^[1-5]$/);
      assert.deepEqual(await readdir(scratch), ["index"]);
    }));

  it("lets several processes that write one folder all succeed", async function () {
    this.timeout(60_000);
    await withFolder(async (scratch) => {
      const folder = path.join(scratch, "index");
      const script = path.join(__dirname, "write-again-and-again.ts");
      const writers = [1, 2, 3].map(() => {
        const child = spawn(process.execPath, ["--import", "tsx", script, folder], {
          stdio: ["ignore", "ignore", "inherit"],
        });
        return once(child, "exit");
      });
      assert.deepEqual(
        (await Promise.all(writers)).map(([code]) => code as number),
        [0, 0, 0],
      );
      assert.deepEqual(await readdir(scratch), ["index"]);
    });
  });
});

describe("what a process has left that was killed", () => {
  const ended = spawnSync(process.execPath, ["-e", ""]).pid;

  it("is removed by the next that writes there; what belongs to a living one stays", () =>
    withFolder(async (scratch) => {
      const own = thisProcess();
      const living = `.a.${ownerName(own)}-1.part`;
      const left = [
        `.a.${ownerName({ ...own, pid: ended })}-7.part`,
        `.b.${ownerName({ ...own, start: "1" })}-7.part`, // its number is another process' now
        `.index.${ended}.part`, // as they were named before
      ];
      for (const name of [living, ...left]) {
        await mkdir(path.join(scratch, name));
        await writeFile(path.join(scratch, name, "records"), "half of th");
      }
      await writeWhole(path.join(scratch, "c.txt"), (part) => writeFile(part, "new"));
      const stays = process.platform === "linux" ? [living] : [living, left[1]];
      assert.deepEqual((await readdir(scratch)).sort(), [...stays, "c.txt"].sort());
    }));

  it("is left for a day where it belongs to another machine", () =>
    withFolder(async (scratch) => {
      const name = `.a.${ownerName({ machine: "0".repeat(8), pid: 1, start: "1" })}-1.part`;
      const part = path.join(scratch, name);
      await writeFile(part, "half of th");
      await removeAbandoned(scratch);
      assert.deepEqual(await readdir(scratch), [name]);
      await utimes(part, 1, 1);
      await removeAbandoned(scratch);
      assert.deepEqual(await readdir(scratch), []);
    }));
});
