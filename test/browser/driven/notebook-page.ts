/** A notebook: its file, and the page in which JupyterLab shows it. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright-core";
import { kernelName, kernelspec } from "../../../setup/kernel/kernelspec";

export interface Cell {
  readonly type: "code" | "markdown";
  readonly source: string;
  readonly outputs?: readonly object[];
}

export interface Output {
  readonly output_type: "stream" | "display_data" | "execute_result" | "error";
  /** Of a stream: `stdout` or `stderr`. */
  readonly name?: string;
  readonly text?: string;
  readonly data?: Record<string, string>;
  readonly traceback?: readonly string[];
}

/** One notebook in JupyterLab. What it does in the page it says in strings: the project's types know no browser. */
export class NotebookPage {
  constructor(
    readonly page: Page,
    private readonly file: string,
  ) {}

  /** Waits until JupyterLab shows the notebook. */
  async shown(): Promise<void> {
    await this.page.waitForFunction(
      "window.jupyterapp?.shell?.currentWidget?.context?.isReady && window.jupyterapp.shell.currentWidget.content?.widgets",
      undefined,
      { timeout: 90_000 },
    );
    await this.page.evaluate("window.jupyterapp.shell.collapseLeft()");
  }

  /** Loads the page again, as a reader does; the kernel goes on. */
  async reload(): Promise<void> {
    await this.page.reload({ waitUntil: "load" });
    await this.shown();
  }

  /** Waits until the kernel can take a cell. */
  async kernelReady(): Promise<void> {
    await this.page.waitForFunction(
      "window.jupyterapp.shell.currentWidget.sessionContext?.session?.kernel?.status === 'idle'",
      undefined,
      { timeout: 60_000 },
    );
  }

  /** Begins to run all cells; `finished` waits for their end. */
  async runAll(): Promise<void> {
    await this.kernelReady();
    await this.page.evaluate(
      "void (window.running = window.jupyterapp.commands.execute('notebook:run-all-cells'))",
    );
  }

  /** Begins to run one cell, counted from 0; `finished` waits for its end. */
  async begin(cell: number): Promise<void> {
    await this.page.evaluate(
      `window.jupyterapp.shell.currentWidget.content.activeCellIndex = ${cell}; void (window.running = window.jupyterapp.commands.execute('notebook:run-cell'))`,
    );
  }

  /** Waits until the cells that `runAll` or `begin` began have ended. */
  async finished(): Promise<void> {
    await this.page.evaluate("window.running");
  }

  /** Runs one cell, counted from 0. */
  async run(cell: number): Promise<void> {
    await this.page.evaluate(
      `window.jupyterapp.shell.currentWidget.content.activeCellIndex = ${cell}; window.jupyterapp.commands.execute('notebook:run-cell')`,
    );
  }

  async interrupt(): Promise<void> {
    await this.page.evaluate("window.jupyterapp.commands.execute('kernelmenu:interrupt')");
  }

  /** The outputs of a code cell as the notebook keeps them, cells counted from 0. */
  async outputs(cell: number): Promise<Output[]> {
    return this.page.evaluate<Output[]>(
      `window.jupyterapp.shell.currentWidget.content.widgets[${cell}].model.sharedModel.toJSON().outputs`,
    );
  }

  /** The theme by the name that JupyterLab's menu gives it. */
  async theme(name: "JupyterLab Light" | "JupyterLab Dark"): Promise<void> {
    const light = name === "JupyterLab Light";
    await this.page.evaluate(
      `window.jupyterapp.commands.execute("apputils:change-theme", { theme: "${name}" })`,
    );
    await this.page.waitForSelector(`body[data-jp-theme-light="${light}"]`, { state: "attached" });
    await this.page.waitForSelector("#jupyterlab-splash", { state: "detached" });
  }

  /** A picture of the page, with a certain cell at its top. */
  async screenshot(file: string, cell?: number): Promise<void> {
    if (cell !== undefined) {
      await this.page.evaluate(
        `window.jupyterapp.shell.currentWidget.content.scrollToItem(${cell}, "start")`,
      );
    }
    await this.page.waitForTimeout(500); // JupyterLab draws what comes into view a little later.
    await mkdir(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
  }

  /** A cell in the page, counted from 0. */
  cell(index: number) {
    return this.page.locator(".jp-Notebook-cell").nth(index);
  }

  /** Saves the notebook and returns what the file then holds. */
  async save(): Promise<string> {
    await this.page.evaluate("window.jupyterapp.commands.execute('docmanager:save')");
    return readFile(this.file, "utf8");
  }

  /** Ends the kernel and closes the page. */
  async close(): Promise<void> {
    await this.page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.shutdown()");
    await this.page.close();
  }
}

/** Writes a notebook for the project's kernel. Outputs that no kernel has signed are not trusted by JupyterLab. */
export async function writeNotebook(file: string, cells: readonly Cell[]): Promise<void> {
  const notebook = {
    cells: cells.map(({ type, source, outputs = [] }, index) => ({
      id: `cell-${index}`,
      cell_type: type,
      source,
      metadata: {},
      ...(type === "code" && { outputs, execution_count: null }),
    })),
    metadata: {
      kernelspec: { display_name: kernelspec().display_name, language: "typescript", name: kernelName },
      language_info: { name: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(notebook, undefined, 1));
}
