/** The page of the notebooks, to which the front page leads. */
import path from "node:path";
import type { SiteContent } from "./contents";

export function notebooksPage(contents: readonly SiteContent[]): string {
  const links = contents
    .filter(({ path: name }) => name.endsWith(".ipynb"))
    .map(({ path: name, text }) => {
      const address = `lite/notebooks/index.html?path=${encodeURIComponent(name)}`;
      return `<li><a href="${address}">${titleOf(text) ?? path.basename(name)}</a></li>`;
    });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>palimpsest: the notebooks</title>
<style>body { max-width: 40em; margin: 2em auto; padding: 0 1em; font: 1.1em/1.5 system-ui; color-scheme: light dark; }</style>
<h1>palimpsest</h1>
<p>Networks that learn to write from books, and what they copy. These notebooks run in your browser: nothing is installed, and
nothing leaves this machine. What you write and change is kept in the browser.</p>
<ol style="list-style: none; padding: 0">
${links.join("\n")}
</ol>
<p><a href="lite/lab/index.html">All notebooks and your own files</a>: drop a text into the file browser there to use it.</p>
</html>
`;
}

/** The first heading of a notebook. */
function titleOf(text: string): string | undefined {
  const { cells } = JSON.parse(text) as { cells: { source: string | string[] }[] };
  return /^# (.+)$/m.exec([cells[0]?.source ?? ""].flat().join(""))?.[1].replace(/[<&]/g, "");
}
