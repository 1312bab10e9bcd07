/** What axe-core finds wrong with a page. */
import type { Page } from "playwright-core";

interface Found {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/**
 * The rules that a page breaks, each with the first element that does. axe-core comes as an inline script.
 *
 * @param within a selector: what is looked at is the first element that it finds, instead of the whole page
 */
export async function violationsOf(page: Page, within?: string): Promise<unknown[]> {
  await page.addScriptTag({ path: require.resolve("axe-core/axe.min.js") });
  const root = within === undefined ? "document" : `document.querySelector(${JSON.stringify(within)})`;
  const { violations } = await page.evaluate<Found>(`axe.run(${root})`);
  return violations.map(({ id, nodes }) => [id, nodes[0].html]);
}

/** Of the page of JupyterLab: the outputs of the first cell that has any. */
export const firstOutputs = ".jp-Notebook-cell .jp-OutputArea:has(.jp-OutputArea-output)";
