/** Stands for `lib/train/search/environment.ts` in the browser, which has no Python. */
export async function searchPython(): Promise<never> {
  throw new Error(
    "A search is made by Optuna, in Python, which a browser has not: it runs in JupyterLab, see the project's README",
  );
}
