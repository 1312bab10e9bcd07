/** What axe-core finds wrong with a page. */
import type { Page } from "playwright-core";

interface Found {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** The rules that a page breaks, each with the first element that does. axe-core comes as an inline script. */
export async function violationsOf(page: Page): Promise<unknown[]> {
  await page.addScriptTag({ path: require.resolve("axe-core/axe.min.js") });
  const { violations } = await page.evaluate<Found>("axe.run()");
  return violations.map(({ id, nodes }) => [id, nodes[0].html]);
}
