/** The list of sources below an overlay, as HTML. */
import { escapeHtml } from "../../style/html";
import { count, nats, share } from "../../style/numbers";
import { groundColor, lineColor, strengths } from "../../style/palette";
import { faintInk, ink, paper, rule } from "../../style/themes";
import { depths } from "../memorised";
import type { SourceRow, zeroRow } from "./source-list";
import { visible } from "../../style/visible";

/** Rows before the rest is only counted: a library of hundreds of texts may share a phrase with all of them. */
const mostRows = 12;

/**
 * The texts with their numbers, shares, longest copies and counts of passages; "" where nothing is copied.
 *
 * @param zero what is copied of held-out text, as the last row
 * @param scripted whether rows say the number of their text in an attribute, for a script in the page
 */
export function sourceTable(
  rows: readonly SourceRow[],
  { zero, scripted }: { readonly zero?: ReturnType<typeof zeroRow>; readonly scripted: boolean },
): string {
  if (rows.length === 0) return "";
  const shown = rows.slice(0, mostRows);
  const compared = rows.some(({ memorised }) => memorised !== undefined);
  const beside = rows.some(({ zero }) => zero !== undefined);
  const body = shown
    .map((row) => tableRow(row, { most: rows[0].copied, scripted, beside, compared }))
    .join("");
  const columns = [
    ...["", "copied from", "share"],
    ...(beside ? ["of held-out text"] : []),
    ...["longest", "passages"],
    ...(compared ? ["memorised"] : []),
  ];
  const last = zero ? heldOutRow(zero, beside ? 3 : 2, columns.length) : "";
  const more =
    rows.length > mostRows ? `<p style="${aside}">and ${count(rows.length - mostRows)} more texts</p>` : "";
  const headings = columns.map((heading, column) => {
    if (!heading) return `<td style="${cell}"></td>`;
    return `<th scope="col" style="${cell};${headingFont};text-align:${column < 2 ? "left" : "right"}">${heading}</th>`;
  });
  return (
    `<table style="${table}"><thead style="border:none"><tr style="${plain}">${headings.join("")}</tr></thead><tbody>${body}${last}</tbody></table>` +
    more +
    key(rows[0].index, compared)
  );
}

function tableRow(
  { index, text, copied, zero, longest, passages, memorised }: SourceRow,
  {
    most,
    scripted,
    beside,
    compared,
  }: {
    readonly most: number;
    readonly scripted: boolean;
    readonly beside: boolean;
    readonly compared: boolean;
  },
): string {
  const number = `<td style="${cell};width:1%;white-space:nowrap"><span style="${chip(index)}">[${index + 1}]</span></td>`;
  const author = text.author
    ? `<span style="color:${faintInk}">, <bdi>${escapeHtml(visible(text.author))}</bdi></span>`
    : "";
  const book = `<th scope="row" style="${cell};text-align:left;font-weight:400;color:${ink}"><bdi>${escapeHtml(visible(text.title))}</bdi>${author}${bar(index, copied / most)}</th>`;
  const known = memorised === undefined ? "" : nats(memorised);
  const ofHeldOut = zero === undefined ? "" : share(zero);
  const shown = [
    share(copied),
    ...(beside ? [ofHeldOut] : []),
    ...[count(longest), count(passages)],
    ...(compared ? [known] : []),
  ];
  const numbers = shown.map((number) => {
    return `<td style="${cell};text-align:right;white-space:nowrap;color:${ink}">${number}</td>`;
  });
  return `<tr${scripted ? ` data-text="${index}"` : ""} style="${plain}">${number}${book}${numbers.join("")}</tr>`;
}

/**
 * Below the sources what all of them together have of text that nobody copied.
 *
 * @param column which its share stands in, of how many
 */
function heldOutRow(
  { copied, minLength }: { readonly copied: number; readonly minLength: number },
  column: number,
  columns: number,
): string {
  const name = `<th scope="row" style="${cell};text-align:left;font-weight:400;color:${faintInk}">held-out text has of all of them, from ${count(minLength)} characters on</th>`;
  const empty = `<td style="${cell}"></td>`;
  const number = `<td style="${cell};text-align:right;white-space:nowrap;color:${faintInk}">${share(copied)}</td>`;
  return `<tr style="${plain}">${empty}${name}${empty.repeat(column - 2)}${number}${empty.repeat(columns - column - 1)}</tr>`;
}

/** How a reference to a text looks outside the sample. */
export function chip(text: number): string {
  const longest = strengths[strengths.length - 1].from;
  return `background:${groundColor(text, longest)};color:${ink};border-bottom:2px solid ${lineColor(text)};border-radius:3px 3px 0 0;padding:0 4px;font-size:12px`;
}

/** What the strength of a colour means, in that of one text. */
function key(text: number, compared: boolean): string {
  const grounds = strengths.map(({ from }, index) => {
    const ofLength = index === 0 ? `under ${strengths[1].from}` : `from ${from}`;
    const words = compared ? `from ${depths[index]}` : ofLength;
    return `<span style="background:${groundColor(text, from)};color:${ink};padding:1px 6px">${words}</span>`;
  });
  if (!compared)
    return `<p style="${aside}">a stronger colour for a longer copy: ${grounds.join("")} characters</p>`;
  return (
    `<p style="${aside}">a stronger colour for what is harder to predict without its book: ${grounds.join("")} nats a character; ` +
    `with a line and no colour: merely likely</p>`
  );
}

function bar(text: number, share: number): string {
  return `<div style="height:3px;margin-top:3px;border-radius:2px;width:${(100 * share).toFixed(1)}%;background:${lineColor(text)}"></div>`;
}

const table = `border-collapse:collapse;table-layout:auto;width:100%;margin:16px 0 0;border:none;border-top:1px solid ${rule};font-size:13px;background:${paper}`;
// JupyterLab stripes the rows of tables, lights up the one that is pointed at, and makes all columns alike.
const plain = `background:${paper};color:${ink}`;
const cell = "padding:5px 8px 5px 0;border:none;vertical-align:top;line-height:1.4";
const headingFont = `color:${faintInk};font-weight:400;font-size:12px`;
const aside = `margin:8px 0 0;color:${faintInk};font-size:12px`;
