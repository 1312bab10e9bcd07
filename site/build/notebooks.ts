/**
 * The notebooks as the site has them. A cell's metadata `site` holds lines that take its settings down to what a browser computes
 * in minutes, or, beginning with "instead:", what stands in the place of a cell that needs Node.js or Python.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { notebookNames } from "../../setup/notebooks";
import type { SiteContent } from "./contents";

interface Cell {
  readonly cell_type: string;
  readonly source: Lines;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly outputs?: readonly Output[];
}

interface Output {
  readonly text?: Lines;
  readonly data?: Readonly<Record<string, Lines>>;
}

/** A text, or its lines, as files of notebooks hold it. */
type Lines = string | readonly string[];

interface Notebook {
  readonly cells: readonly Cell[];
}

export function siteNotebooks(project: string): SiteContent[] {
  return notebookNames(project).map((name) => {
    const notebook = JSON.parse(readFileSync(path.join(project, "notebooks", name), "utf8")) as Notebook;
    const [head, ...cells] = notebook.cells.map(whole).map(onSite);
    const first = differs(notebook) ? { ...head, source: `${joined(head.source)}\n\n${note}` } : head;
    return { path: `notebooks/${name}`, text: JSON.stringify({ ...notebook, cells: [first, ...cells] }) };
  });
}

/** What makes true what a notebook says of novels, minutes and results. */
const note =
  "*On this site* a notebook computes in your browser and asks for nothing outside the site: other texts take the novels' place, " +
  "and most settings are smaller. What you read here, and the outputs until you run their cells, were made with the novels and " +
  "the larger settings; your numbers will be others, and so may be what can be said of them.";

/** Whether it computes something else here than in JupyterLab. */
function differs({ cells }: Notebook): boolean {
  return cells.some(({ source, metadata }) => "site" in metadata || joined(source).includes("openNovels"));
}

/** Jupyter's server makes one text of the lines; JupyterLite has no server, and would put commas between them. */
export function whole(cell: Cell): Cell {
  const { source, outputs } = cell;
  if (!outputs) return { ...cell, source: joined(source) };
  return { ...cell, source: joined(source), outputs: outputs.map(wholeOutput) };
}

function wholeOutput({ text, data, ...rest }: Output): Output {
  const forms = data && Object.fromEntries(Object.entries(data).map(([type, form]) => [type, joined(form)]));
  return { ...rest, ...(text !== undefined && { text: joined(text) }), ...(forms && { data: forms }) };
}

function joined<Form extends Lines>(lines: Form): Form | string {
  return Array.isArray(lines) ? lines.join("") : lines;
}

const instead = "instead:";

/** @example onSite({ ...cell, source: "const n = 9;", metadata: { site: "Object.assign(…);" } }).source // both, one below the other */
export function onSite(cell: Cell): Cell {
  const { site } = cell.metadata;
  const others = Object.entries(cell.metadata).filter(([name]) => name !== "site" && name !== "quick");
  // Nobody but the site has signed the notebooks, and JupyterLab shows no pictures of one that is not trusted.
  const metadata = { ...Object.fromEntries(others), trusted: true };
  if (typeof site !== "string") return { ...cell, metadata };
  const source = joined(cell.source);
  const lines = site.startsWith(instead) ? site.slice(instead.length).trimStart() : `${source}\n\n${site}`;
  return { ...cell, source: lines, metadata };
}
