import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { jupyterLabArguments } from "../../setup/start";

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

describe("jupyterLabArguments", () => {
  it("passes the user's options on, after the project's own", () => {
    const args = jupyterLabArguments(process.cwd(), ["--no-browser", "--port", "9999"], false);
    assert.deepEqual(args.slice(-3), ["--no-browser", "--port", "9999"]);
    assert.equal(args[0], `--ServerApp.root_dir=${process.cwd()}`);
  });

  it("allows root only where root starts it", () => {
    assert.ok(jupyterLabArguments(process.cwd(), [], true).includes("--allow-root"));
    assert.ok(!jupyterLabArguments(process.cwd(), [], false).includes("--allow-root"));
  });
});

describe("npm start", () => {
  it("opens JupyterLab with the kernel, serves the project's files, and ends at one Ctrl-C", async () => {
    const port = await freePort();
    const options = [
      "--no-browser",
      `--port=${port}`,
      "--ServerApp.port_retries=0",
      "--IdentityProvider.token=secret",
    ];
    const child = spawn(process.execPath, ["setup/run.mjs", "setup/start.ts", ...options]);
    child.stderr.resume();
    child.stdout.resume();
    const get = async (address: string) => {
      const response = await fetch(`http://127.0.0.1:${port}/${address}`, {
        headers: { Authorization: "token secret" },
      });
      return { status: response.status, body: await response.text() };
    };
    while ((await get("lab").catch(() => undefined))?.status !== 200) {
      assert.equal(child.exitCode, null);
      await setTimeout(100);
    }
    assert.ok("tslab" in JSON.parse((await get("api/kernelspecs")).body).kernelspecs);
    assert.equal(
      JSON.parse((await get("files/node_modules/plotly.js-dist/package.json")).body).name,
      "plotly.js-dist",
    );
    const settings = await get("lab/api/settings/@jupyterlab/apputils-extension:notification");
    assert.equal(JSON.parse(settings.body).schema.properties.fetchNews.default, "false");
    child.kill("SIGINT");
    const [exitCode] = await once(child, "exit");
    assert.equal(exitCode, 0);
  });
});
