/** A real JupyterLab with the project's kernel, driven through a real browser. */
import { chromium, type Browser } from "playwright-core";
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { kernelName, kernelspec } from "../../../setup/kernel/kernelspec";
import { chromiumPath } from "./chromium";
import { NotebookPage, writeNotebook, type Cell } from "./notebook-page";
import { freePort } from "../../free-port";

const project = path.resolve(__dirname, "../../..");

/** Why a browser test cannot run on this machine, and what would help; "" where it can. */
export function missing(): string {
  if (!chromiumPath()) {
    return "no Chromium found; install it (Debian: apt-get install chromium) or set CHROMIUM_PATH";
  }
  return existsSync(jupyterCommand) ? "" : "no JupyterLab in .venv; npm start installs it";
}

const jupyterCommand = path.join(project, ".venv/bin/jupyter");

export interface JupyterOptions {
  /** The folder that the server shows; the project. */
  readonly root?: string;
}

/** A server of its own on a free port, with settings of its own, and a browser. `stop` ends both. */
export class Jupyter {
  private constructor(
    private readonly server: ChildProcess,
    private readonly browser: Browser,
    private readonly home: string,
    private readonly root: string,
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** @throws where JupyterLab does not answer within a minute, with what it said */
  static async start({ root = project }: JupyterOptions = {}): Promise<Jupyter> {
    const home = await mkdtemp(path.join(os.tmpdir(), "palimpsest-jupyter-"));
    await writeKernel(path.join(home, "data/kernels", kernelName));
    await writeSettings(path.join(home, "settings/@jupyterlab/apputils-extension"));
    const port = await freePort();
    const token = randomBytes(16).toString("hex");
    const server = spawn(jupyterCommand, serverArguments(root, port, token), {
      cwd: root,
      env: {
        ...process.env,
        JUPYTER_CONFIG_DIR: path.join(home, "config"),
        JUPYTER_DATA_DIR: path.join(home, "data"),
        JUPYTER_PATH: path.join(home, "data"), // before the kernels of .venv, which may be those of another folder
        JUPYTER_RUNTIME_DIR: path.join(home, "runtime"),
        JUPYTERLAB_SETTINGS_DIR: path.join(home, "settings"),
        JUPYTERLAB_WORKSPACES_DIR: path.join(home, "workspaces"),
      },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    server.stderr?.on("data", (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-4000)));
    const url = `http://127.0.0.1:${port}/`;
    try {
      await answers(`${url}api/status?token=${token}`, server);
      const browser = await chromium.launch({
        executablePath: chromiumPath(),
        args: ["--no-sandbox", "--disable-dev-shm-usage"],
      });
      return new Jupyter(server, browser, home, root, url, token);
    } catch (error) {
      server.kill();
      throw new Error(`JupyterLab did not start: ${String(error)}\n${said}`, { cause: error });
    }
  }

  /**
   * Opens a notebook in a page of its own. With `cells` the notebook is written first.
   *
   * @param notebook its path in the server's folder
   */
  async open(notebook: string, cells?: readonly Cell[]): Promise<NotebookPage> {
    if (cells) await writeNotebook(path.join(this.root, notebook), cells);
    const page = await this.browser.newPage({ viewport: { width: 1280, height: 1300 } });
    await page.goto(`${this.url}lab/tree/${notebook}?token=${this.token}&reset`, { waitUntil: "load" });
    const opened = new NotebookPage(page, path.join(this.root, notebook));
    await opened.shown();
    return opened;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    const ended = once(this.server, "exit");
    this.server.kill("SIGTERM");
    await ended;
    await rm(this.home, { recursive: true, force: true });
  }
}

async function writeKernel(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "kernel.json"), JSON.stringify(kernelspec()));
}

/** Nothing is to pop up over the notebook, nor to be asked of the internet. */
async function writeSettings(folder: string): Promise<void> {
  const settings = { fetchNews: "false", checkForUpdates: false, doNotDisturbMode: true };
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "notification.jupyterlab-settings"), JSON.stringify(settings));
}

function serverArguments(root: string, port: number, token: string): string[] {
  return [
    "lab",
    "--no-browser",
    "--allow-root",
    "--expose-app-in-browser",
    `--ServerApp.root_dir=${root}`,
    `--ServerApp.port=${port}`,
    "--ServerApp.port_retries=0",
    `--IdentityProvider.token=${token}`,
    "--LabApp.extension_manager=readonly",
  ];
}

async function answers(url: string, server: ChildProcess): Promise<void> {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    if (server.exitCode !== null) throw new Error(`it ended with exit code ${server.exitCode}`);
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("it did not answer within a minute");
}

/** A JupyterLab for the tests of a suite, with a folder of its own, or none of the tests where it cannot run. */
export function useJupyter(): { readonly jupyter: Jupyter; readonly folder: string } {
  const used: { jupyter?: Jupyter; folder?: string } = {};
  before(async function () {
    const why = missing();
    if (why) {
      console.log(`      skipped: ${why}`);
      this.skip();
    }
    used.folder = await mkdtemp(path.join("data", "test-"));
    used.jupyter = await Jupyter.start();
  });
  after(async () => {
    await used.jupyter?.stop();
    if (used.folder) await rm(used.folder, { recursive: true });
  });
  return used as { readonly jupyter: Jupyter; readonly folder: string };
}
