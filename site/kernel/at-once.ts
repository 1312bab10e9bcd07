/**
 * Runs cells that somebody starts before the notebook has its kernel. JupyterLab, which is told of no kernel yet, would ask for
 * one, or start a second one beside it and lose the cell with it; here the cell waits for the notebook's own.
 */
import type { CellRun, NotebookParts, SessionContext } from "./jupyterlite";

/** Has to stand in the place of this plugin of JupyterLab's, which is left out. */
export const replaced = "@jupyterlab/notebook-extension:cell-executor";

/** @param parts the site's own copy of @jupyterlab/notebook */
export function runsAtOnce({ INotebookCellExecutor, runCell }: NotebookParts) {
  return {
    id: "palimpsest-site:cell-executor",
    autoStart: true,
    provides: INotebookCellExecutor,
    activate: () => ({
      async runCell(run: CellRun): Promise<boolean> {
        const { cell, sessionContext } = run;
        if (cell.model.type === "code" && sessionContext?.hasNoKernel) {
          cell.setPrompt("*");
          await begun(sessionContext);
        }
        return runCell(run);
      },
    }),
  };
}

/** Ends when the session has its kernel, or, after it had one, at once. */
async function begun(session: SessionContext): Promise<void> {
  const { name, language } = session.kernelPreference;
  // The notebook is shown, and has not told its kernel yet. There is one in the site.
  if (!name && !language) session.kernelPreference = { ...session.kernelPreference, name: "tslab" };
  await session.initialize();
}
