import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import http from "node:http";
import path from "node:path";
import {
  backendWarning,
  forgetFailedBackend,
  installBackend,
  installedBackend,
} from "../../../setup/tensorflow/backend";
import { bindingFile } from "../../../setup/bare/project.mjs";
import { checkBinding } from "../../../setup/tensorflow/binding";
import { tensorflowFolder } from "../../../setup/tensorflow/tensorflow";
import { machineWith, setEnvironment, temporaryFolder } from "../machine";

const npmPackage = path.join("node_modules", "@tensorflow", "tfjs-node-gpu");

/** A project with a TensorFlow that is only a folder, and with the npm package as npm leaves it. */
function project(folder: string): string {
  const root = path.join(folder, "project");
  fs.mkdirSync(path.join(root, "setup", "tensorflow"), { recursive: true });
  for (const name of ["cpu.txt", "gpu.txt"])
    fs.cpSync(`setup/tensorflow/${name}`, `${root}/setup/tensorflow/${name}`);
  for (const name of ["package.json", "scripts", "binding"]) {
    fs.cpSync(path.join(npmPackage, name), path.join(root, npmPackage, name), { recursive: true });
  }
  fs.symlinkSync(path.resolve("node_modules", ".bin"), path.join(root, "node_modules", ".bin"));
  fs.mkdirSync(tensorflowFolder(root, "cpu"), { recursive: true });
  return root;
}

/** A machine without GPU, whose downloads come from `address`, with this compiler. */
function setMachine(context: Mocha.Context, folder: string, compiler: string, address: string): void {
  const bin = path.join(folder, "bin");
  fs.mkdirSync(bin, { recursive: true });
  machineWith(bin, { "nvidia-smi": "exit 9", "c++-fake": compiler });
  setEnvironment(context, {
    PATH: [bin, process.env.PATH].join(path.delimiter),
    CXX: path.join(bin, compiler ? "c++-fake" : "none"),
    NODE_PATH: path.resolve("node_modules"),
    TFJS_NODE_BASE_URI: `${address}/libtensorflow-`,
    npm_config_tfjs_binding_binary_host_mirror: address,
  });
}

const withGpu = "echo 'GPU 0: NVIDIA H200 (UUID: GPU-1a)'";

/** An address of this machine at which nobody answers. */
async function closedAddress(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return `http://127.0.0.1:${port}`;
}

describe("installBackend", () => {
  it("goes straight to WebAssembly where there is no compiler, and says how fast that is and what mends it", async function () {
    const folder = temporaryFolder(this);
    const root = project(folder);
    setMachine(this, folder, "", await closedAddress());
    assert.equal(installedBackend(root), undefined);
    const backend = await installBackend(root);
    assert.equal(backend.kind, "wasm");
    assert.match(backend.reason, /^There is no C\+\+ compiler\.\n→ .*$/); // and nothing was downloaded
    assert.match(
      backendWarning(backend)!,
      /^The network computes in WebAssembly, at a quarter to half of the speed of native operations\.\nThere is no/,
    );
    if (process.platform === "linux")
      assert.match(
        backendWarning(backend)!,
        /Where you may not install one, `npm run setup -- --zig` fetches one/,
      );
    assert.equal(fs.existsSync(bindingFile(root)), false);
  });

  it("does not try again at every start, but when asked, and when a compiler has come", async function () {
    const folder = temporaryFolder(this);
    const root = project(folder);
    setMachine(this, folder, "", await closedAddress());
    await installBackend(root);
    assert.equal(installedBackend(root)?.kind, "wasm");
    machineWith(path.join(folder, "bin"), { "c++-new": "echo c++ 15" });
    setEnvironment(this, { CXX: "c++-new" });
    assert.equal(installedBackend(root), undefined);
    setEnvironment(this, { CXX: "/nowhere/c++" });
    forgetFailedBackend(root);
    assert.equal(installedBackend(root), undefined);
  });

  it("decides anew on a machine that has got a GPU", async function () {
    const folder = temporaryFolder(this);
    const root = project(folder);
    setMachine(this, folder, "", await closedAddress());
    await installBackend(root);
    machineWith(path.join(folder, "bin"), { "nvidia-smi": withGpu });
    assert.equal(installedBackend(root), undefined);
  });

  it("goes on without the compiler where that fails, and passes its words on", async function () {
    const folder = temporaryFolder(this);
    const root = project(folder);
    const compiler =
      'if [ "$1" = --version ]; then echo c++ 3; else echo "unknown option -std=c++17" >&2; exit 1; fi';
    setMachine(this, folder, compiler, await closedAddress());
    const backend = await installBackend(root);
    assert.equal(backend.kind, "wasm");
    assert.match(backend.reason, /c\+\+-fake ended with exit code 1\.\n {2}unknown option -std=c\+\+17/);
  });

  it("does not use a binding that does not load", async function () {
    const folder = temporaryFolder(this);
    const root = project(folder);
    const compiler =
      'for last in "$@"; do if [ "$previous" = -o ]; then echo nonsense > "$last"; fi; previous="$last"; done; echo c++';
    setMachine(this, folder, compiler, await closedAddress());
    const backend = await installBackend(root);
    assert.equal(backend.kind, "wasm");
    assert.match(backend.reason, /^TensorFlow's binding does not load: /);
    assert.equal(fs.existsSync(bindingFile(root)), false);
  });

  it("takes the ready-made TensorFlow that its npm package downloads where there is a GPU but no compiler", async function () {
    if (!fs.existsSync(bindingFile(process.cwd()))) this.skip(); // Then there is none to be served.
    const folder = temporaryFolder(this);
    const root = project(folder);
    const served = path.join(folder, "served");
    const place = process.platform === "darwin" ? "darwin" : "linux";
    fs.mkdirSync(path.join(served, "lib"), { recursive: true });
    fs.mkdirSync(path.join(served, "napi-v8"), { recursive: true });
    fs.copyFileSync(bindingFile(process.cwd()), path.join(served, "napi-v8", "tfjs_binding.node"));
    const archives = { libtensorflow: "lib", "napi-v8": "napi-v8" };
    for (const [archive, content] of Object.entries(archives)) {
      execFileSync("tar", ["-czf", `${archive}.tar.gz`, content], { cwd: served });
    }
    const asked: string[] = [];
    const server = http.createServer((request, response) => {
      asked.push(request.url!);
      const archive = request.url!.startsWith("/libtensorflow-") ? "libtensorflow" : "napi-v8";
      fs.createReadStream(path.join(served, `${archive}.tar.gz`)).pipe(response);
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    setMachine(this, folder, "", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    machineWith(path.join(folder, "bin"), { "nvidia-smi": withGpu });

    const backend = await installBackend(root);
    server.close();
    assert.equal(backend.kind, "prebuilt");
    assert.match(asked[0], /^\/libtensorflow-.*2\.9\.1\.tar\.gz$/);
    assert.equal(asked[1], `/napi-v8/4.22.0/GPU-${place}-4.22.0.tar.gz`);
    assert.match(backendWarning(backend)!, /An older TensorFlow computes instead/);
    assert.match(checkBinding(bindingFile(root)), /^\d+\.\d+\.\d+$/);
  });
});
