import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { installPackages, packagesInstalled } from "../../setup/bare/packages.mjs";
import { temporaryFolder } from "./machine";

/** A project whose only dependency is a folder of its own. */
function project(folder: string): string {
  const manifest = { name: "small", version: "1.0.0", dependencies: { part: "file:part" } };
  const lock = {
    ...manifest,
    lockfileVersion: 3,
    packages: {
      "": manifest,
      "node_modules/part": { resolved: "part", link: true },
      part: { version: "1.0.0" },
    },
  };
  const part = {
    name: "part",
    version: "1.0.0",
    main: "main.js",
    scripts: { install: "node -e 'fs.writeFileSync(`ran`, ``)'" },
  };
  fs.mkdirSync(path.join(folder, "part"));
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
  fs.writeFileSync(path.join(folder, "package-lock.json"), JSON.stringify(lock));
  fs.writeFileSync(path.join(folder, "part", "package.json"), JSON.stringify(part));
  fs.writeFileSync(path.join(folder, "part", "main.js"), "");
  return folder;
}

describe("installPackages", () => {
  it("installs what package-lock.json names, and runs no install script", async function () {
    const root = project(temporaryFolder(this));
    assert.equal(packagesInstalled(root), false);
    await installPackages(root);
    assert.equal(packagesInstalled(root), true);
    assert.ok(fs.existsSync(path.join(root, "node_modules", "part", "main.js")));
    assert.equal(fs.existsSync(path.join(root, "part", "ran")), false);
  });

  it("replaces what an interrupted installation has left", async function () {
    const root = project(temporaryFolder(this));
    fs.mkdirSync(path.join(root, "node_modules", "half"), { recursive: true });
    assert.equal(packagesInstalled(root), false);
    await installPackages(root);
    assert.equal(packagesInstalled(root), true);
    assert.equal(fs.existsSync(path.join(root, "node_modules", "half")), false);
  });

  it("is due again where package-lock.json has changed", async function () {
    const root = project(temporaryFolder(this));
    await installPackages(root);
    fs.appendFileSync(path.join(root, "package-lock.json"), "\n");
    assert.equal(packagesInstalled(root), false);
  });

  it("says what npm says where it fails", async function () {
    const root = project(temporaryFolder(this));
    fs.writeFileSync(path.join(root, "package-lock.json"), "{");
    await assert.rejects(installPackages(root), /npm error[^]*→ Mend what npm names above/);
    assert.equal(packagesInstalled(root), false);
  });
});
