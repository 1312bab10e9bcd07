/**
 * The map of a book as a strip for each network, from the beginning of the book at the left to its end at the right: the higher
 * and stronger a band, the farther the network goes on word for word. HTML as an overlay's, which a notebook keeps whether it is
 * trusted or not; where scripts run, one walks through the book by arrow keys or clicks, and reads.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { BookMap } from "../../generate/memory/book-map";
import { display, inNotebook } from "../notebook";
import { escapeHtml } from "../style/html";
import { groundColor, lineColor, strengths } from "../style/palette";
import { faintInk, ink, paper, rule } from "../style/themes";
import { visible } from "../style/visible";
import { bandedMaps, type Band, type BandedMap, type LabelledMap } from "./bands";
import { mapText } from "./in-terminal";
import { fullHeight, heading, placeOf, summary } from "./words";

/** Bands of a strip, of five or six pixels each. */
const mostBands = 120;
/** Places, the longest of all strips, that open without a script. */
const opened = 6;

/**
 * Shows the map of a book, or of one book by several networks one under the other, below the cell, or prints it.
 *
 * @example showMap(await mapOfBook(model, library.training[3]))
 * @example showMap([{ label: "no dropout", map: one }, { label: "dropout 0.3", map: another }])
 */
export function showMap(maps: BookMap | readonly LabelledMap[]): void {
  const banded = bandedMaps(maps, { bands: mostBands });
  const script = `<script>{ const module = {}; ${walkScript()} const root = document.currentScript?.parentElement; if (root) module.exports(root); }</script>`;
  display({
    "text/html": strips(banded, script),
    "text/plain": mapText(maps, inNotebook() ? { color: false } : {}),
  });
}

/** The strips as HTML without a script. */
export function mapStrips(maps: BookMap | readonly LabelledMap[]): string {
  return strips(bandedMaps(maps, { bands: mostBands }));
}

/** Read when it is wanted, as that of the overlay. */
export function walkScript(): string {
  return readFileSync(path.join(__dirname, "..", "page", "strip-in-page.cjs"), "utf8");
}

function strips(maps: readonly BandedMap[], foot = ""): string {
  const full = fullHeight(maps);
  const rows = maps.map((map, index) => strip(map, index, full));
  return (
    `<div style="${card}"><p style="${caption}"><strong style="color:${ink};font-weight:600"><bdi>${escapeHtml(visible(headingOf(maps)))}</bdi></strong></p>` +
    `${rows.join("")}${key(maps[0], full)}${longestPlaces(maps)}${foot}</div>`
  );
}

function headingOf([first, ...others]: readonly BandedMap[]): string {
  const same = others.every(({ map }) => map.text.content === first.map.text.content);
  return same
    ? heading(first.map)
    : "Several books: how far the network goes on word for word from each of their places";
}

function strip(map: BandedMap, index: number, full: number): string {
  const { label, bands } = map;
  const text = map.map.text.index ?? 0;
  const name = label
    ? `<strong style="color:${ink};font-weight:600"><bdi>${escapeHtml(visible(label))}</bdi></strong> · `
    : "";
  const bars = bands.map((band) => {
    return `<span title="${escapeHtml(visible(told(band)))}" style="flex:1;${bar(band, text, full)}"></span>`;
  });
  const words = escapeHtml(visible([label, summary(map)].filter(Boolean).join(": ")));
  return (
    `<p style="${caption};margin:12px 0 4px">${name}${summary(map)}</p>` +
    `<div role="img" aria-label="${words}" data-strip="${index}" data-label="${escapeHtml(visible(label))}" style="${row}">${bars.join("")}</div>`
  );
}

/** As high as the network goes on, with a line at its top; "" where it does not. */
function bar({ verbatim }: Band, text: number, full: number): string {
  if (verbatim === 0) return "";
  const height = Math.round(100 * Math.min(1, verbatim / full));
  const colors = `${groundColor(text, verbatim)} ${height}%,${lineColor(text)} ${height}% calc(${height}% + 2px)`;
  return `background:linear-gradient(to top,${colors},transparent 0)`;
}

/** What is seen where one points at a band, and what the script reads of it. */
function told(band: Band): string {
  const { before, passage, after } = band.words;
  return `${placeOf(band)}\n${before}⟦${passage}⟧${after}`;
}

function key({ map }: BandedMap, full: number): string {
  const text = map.text.index ?? 0;
  const grounds = strengths.map(({ from }, index) => {
    const words = index === 0 ? `under ${strengths[1].from}` : `from ${from}`;
    return `<span style="background:${groundColor(text, from)};color:${ink};padding:1px 6px">${words}</span>`;
  });
  return `<p style="${aside}">from the beginning of the book to its end; full height: ${full} characters; ${grounds.join("")}</p>`;
}

/** Where the networks go on farthest, to be opened. */
function longestPlaces(maps: readonly BandedMap[]): string {
  const all = maps.flatMap(({ label, map, bands }) => bands.map((band) => ({ label, text: map.text, band })));
  const longest = all.sort((one, other) => other.band.verbatim - one.band.verbatim).slice(0, opened);
  const items = longest.map(({ label, text: { index = 0 }, band }) => {
    const { before, passage, after } = band.words;
    const [start, words, end] = [before, passage, after].map((part) => escapeHtml(visible(part)));
    const name = escapeHtml(visible([...(label ? [label] : []), placeOf(band)].join(" · ")));
    return (
      `<details style="margin:4px 0"><summary style="cursor:pointer">${name}</summary>` +
      `<p dir="auto" style="${excerpt}">${start}<mark style="background:${groundColor(index, 60)};color:${ink}">${words}</mark>${end}</p></details>`
    );
  });
  return `<div data-longest="" style="margin:12px 0 0">${items.join("")}</div>`;
}

const card =
  `background:${paper};color:${ink};border:1px solid ${rule};border-radius:8px;padding:16px 26px 14px;margin:6px 0;` +
  "max-width:760px;box-sizing:border-box;font-family:system-ui,sans-serif;font-size:13px;line-height:1.5";
const caption = `color:${faintInk};font-size:13px;margin:0`;
const row = `display:flex;height:44px;border-bottom:1px solid ${faintInk}`;
const aside = `margin:8px 0 0;color:${faintInk};font-size:12px`;
const excerpt =
  `margin:2px 0 8px;color:${ink};font-family:Georgia,'Times New Roman',serif;font-size:14px;line-height:1.6;` +
  "white-space:pre-wrap;overflow-wrap:break-word";
