/**
 * A text whose characters are coloured by a number each: what a neuron says of them, or how much each counts for a
 * prediction.
 */
import { OptionError } from "../base/option-error";
import { escapeHtml } from "./style/html";
import { display } from "./notebook";
import { divergingColor } from "./style/palette";
import { faintInk, ink, paper, rule } from "./style/themes";
import { visible } from "./style/visible";

export interface ValuedText {
  /** The text in pieces: characters or words. */
  readonly tokens: readonly string[];
  /** A number for each of them. */
  readonly values: ArrayLike<number>;
}

export interface ValuedTextOptions {
  /** What the numbers are. */
  readonly title: string;
  /** The number that has the full colour, and its opposite the full opposite colour (default: the largest there is). */
  readonly most?: number;
  /** What comes after the text and is not part of it, in a frame. */
  readonly after?: string;
}

/**
 * Shows it below the cell, or prints in words where the numbers are highest and lowest.
 *
 * @example showValuedText({ tokens: read.tokens, values: activationsOf(read, unit) }, { title: "layer 1, neuron 17" })
 */
export function showValuedText(text: ValuedText, options: ValuedTextOptions): void {
  display({ "text/html": valuedText(text, options), "text/plain": valuesInWords(text, options) });
}

/**
 * The text as HTML that an untrusted notebook keeps: above 0 orange, below 0 blue, the stronger the farther from it;
 * pointing at a character says its number, to a twentieth of the range. Below stands in words where it is highest and
 * lowest.
 *
 * @throws where there is not a number for each token
 */
export function valuedText(text: ValuedText, options: ValuedTextOptions): string {
  const { title, after } = options;
  const scale = scaleOf(text, options);
  const pieces = runs(text, scale).map(({ words, level }) => {
    const shown = escapeHtml(visible(words));
    if (level === 0) return shown;
    const style = `background-color:${divergingColor(level / levels)};color:${ink}`;
    return `<span title="${digits((level / levels) * scale)}" style="${style}">${shown}</span>`;
  });
  const next =
    after === undefined ? "" : `<span style="${framed}">${escapeHtml(visible(spelled(after)))}</span>`;
  return (
    `<figure style="${card}"><figcaption style="${caption}"><strong style="color:${ink}">${escapeHtml(title)}</strong>` +
    `${legend(text, scale)}</figcaption><div dir="auto" style="${page}">${pieces.join("")}${next}</div>` +
    `<p style="${aside}">${escapeHtml(visible(extremes(text)))}</p></figure>`
  );
}

/** @example valuesInWords(text, options) // "neuron 17: highest 0.93 at the end of “she said, "I”; lowest -0.85 at the end of “⏎⏎The”" */
export function valuesInWords(text: ValuedText, { title, after }: ValuedTextOptions): string {
  const next = after === undefined ? "" : `; then comes “${spelled(after)}”`;
  return visible(`${title}: ${extremes(text)}${next}`);
}

/** How many steps of colour there are on each side of 0. */
const levels = 20;

function scaleOf({ tokens, values }: ValuedText, { most }: ValuedTextOptions): number {
  if (tokens.length !== values.length) {
    throw new Error(`Expected a number for each of ${tokens.length} tokens, got ${values.length} numbers`);
  }
  if (most !== undefined) {
    if (!(most > 0)) throw new OptionError("most", "> 0", most);
    return most;
  }
  return Array.from(values).reduce((high, value) => Math.max(high, Math.abs(value)), 0) || 1;
}

/** Neighbours of the same level as one piece. */
function runs({ tokens, values }: ValuedText, scale: number): { words: string; level: number }[] {
  const pieces: { words: string; level: number }[] = [];
  tokens.forEach((token, index) => {
    const share = Math.min(1, Math.max(-1, values[index] / scale));
    const level = Math.round(share * levels) || 0;
    const last = pieces[pieces.length - 1];
    if (last?.level === level) last.words += token;
    else pieces.push({ words: token, level });
  });
  return pieces;
}

/** A row of grounds from the lowest number to the highest. */
function legend({ values }: ValuedText, scale: number): string {
  const signed = Array.from(values).some((value) => value < 0);
  const steps = signed ? [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1] : [0, 0.25, 0.5, 0.75, 1];
  const boxes = steps.map(
    (share) => `<span style="background-color:${divergingColor(share)}">\u00a0\u00a0\u00a0</span>`,
  );
  const low = signed ? digits(-scale) : "0";
  return (
    ` <span style="white-space:nowrap">· ${low} <span aria-hidden="true" style="border:1px solid ${rule}">` +
    `${boxes.join("")}</span> ${digits(scale)}</span>`
  );
}

/** Where the numbers are highest, and lowest where some are below 0, each with what was read before. */
function extremes({ tokens, values }: ValuedText): string {
  if (tokens.length === 0) return "nothing was read";
  const most = (sign: 1 | -1) => {
    let best = 0;
    for (let at = 1; at < tokens.length; at++) if (values[at] * sign > values[best] * sign) best = at;
    const words = tokens.slice(Math.max(0, best - 15), best + 1).join("");
    return `${digits(values[best])} at the end of “${spelled(words)}”`;
  };
  const signed = Array.from(values).some((value) => value < 0);
  return `highest ${most(1)}${signed ? `; lowest ${most(-1)}` : ""}`;
}

/** White space that would not be seen, as signs: ⏎ and ␣ at the ends. */
function spelled(text: string): string {
  return text.replace(/\n/g, "⏎").replace(/^ | $/g, "␣");
}

/** @example digits(0.123456) // "0.12" */
function digits(value: number): string {
  return value.toLocaleString("en", { maximumSignificantDigits: 2 });
}

const card =
  `background:${paper};color:${ink};border:1px solid ${rule};border-radius:8px;padding:16px 26px 12px;margin:6px 0;` +
  "max-width:760px;box-sizing:border-box;font-family:system-ui,sans-serif;font-size:13px;line-height:1.5";
const caption = `color:${faintInk};font-size:13px;margin:0 0 8px`;
const page =
  `color:${ink};font-family:Georgia,'Times New Roman',serif;font-size:16px;line-height:1.6;` +
  "white-space:pre-wrap;overflow-wrap:break-word";
const framed = `border:2px solid ${ink};border-radius:4px;padding:0 3px;margin-left:2px;font-weight:bold`;
const aside = `margin:8px 0 0;color:${faintInk};font-size:12px`;
