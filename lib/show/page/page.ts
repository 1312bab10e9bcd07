/**
 * A page of its own, in one file that asks nothing of anybody: HTML as a notebook shows it, with its colours as variables
 * that follow the reader's light or dark theme, its styles as classes, and scripts without which it can be read as well.
 */
import { escapeHtml } from "../style/html";
import { themed, variables } from "./themed";
import { hidden, visible } from "../style/visible";

export interface PageParts {
  readonly title: string;
  readonly body: string;
  /** Rules of this page beside those of all. */
  readonly css?: string;
  /** CommonJS modules, each of which exports a function of the page's main element and `data`. */
  readonly scripts: readonly string[];
  readonly data: unknown;
}

/** The whole file. */
export function page({ title, body, css = "", scripts, data }: PageParts): string {
  const { html, rules } = withClasses(body);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(visible(title))}</title>
<style>
${variables("light")}
@media (prefers-color-scheme: dark) { ${variables("dark")} }
${pageCss}
${rules}
${css}
</style>
</head>
<body>
<main>
<h1><bdi>${escapeHtml(visible(title))}</bdi></h1>
${html}
</main>
<script type="application/json" id="data">${json(data)}</script>
${scripts.map(inElement).join("\n")}
</body>
</html>
`;
}

function inElement(script: string): string {
  const call = `module.exports(document.querySelector("main"), JSON.parse(document.getElementById("data").textContent));`;
  return `<script>{ const module = {}; ${script} ${call} }</script>`;
}

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** Styles as classes, each once. Escaped text holds no quotation mark, so that what looks like a style is one. */
function withClasses(body: string): { html: string; rules: string } {
  const classes = new Map<string, string>();
  const html = body.replace(/ style="([^"]*)"/g, (_, style: string) => {
    const name = classes.get(style) ?? `s${classes.size.toString(36)}`;
    classes.set(style, name);
    return ` class="${name}"`;
  });
  return {
    html,
    rules: [...classes].map(([style, name]) => `.${name}{${themed(unescaped(style))}}`).join("\n"),
  };
}

function unescaped(style: string): string {
  return style
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&");
}

/** JSON that cannot end the script element in which it stands, and whose characters stay where they are when one reads it. */
function json(value: unknown): string {
  const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value)
    .replace(/[<\u2028\u2029]/g, escape)
    .replace(hidden, escape);
}

const pageCss = `
body { margin: 0; background: var(--paper); color: var(--ink); font-family: system-ui, sans-serif; }
main { max-width: 760px; margin: 0 auto; padding: 28px 16px 60px; }
h1 { font: 600 26px/1.25 Georgia, 'Times New Roman', serif; margin: 0 0 14px; }
button, input, select { font: inherit; accent-color: var(--line-0); }
button { color: var(--ink); background: var(--paper); border: 1px solid var(--rule); border-radius: 6px; padding: 3px 10px; cursor: pointer; }
button:hover { border-color: var(--faintInk); }
:focus-visible { outline: 2px solid var(--line-0); outline-offset: 2px; }
[hidden] { display: none !important; }
`;
