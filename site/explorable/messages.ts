/** What the page of the explorable and its worker tell each other. The worker reads and writes; the page shows. */
import type { Alternatives } from "../../lib/generate/memory/alternatives";
import type { Text } from "../../lib/text/text";
import type { Computing } from "../../web/computing/computing";
import type { Settings } from "./settings";

/** What is to be read, and how. */
export interface Order {
  /** A number of its own, which what is told of the run has too. */
  readonly run: number;
  readonly texts: readonly Text[];
  /** The number of the visitor's paragraph among them. */
  readonly own: number;
  readonly settings: Settings;
}

/** A stretch of a sample that lies in the same passages from end to end. */
export interface Piece {
  readonly text: string;
  /**
   * The passage that it lies in, the visitor's rather than a book's, and the longest: from which text, and how long;
   * absent where nothing is copied.
   */
  readonly copy?: { readonly source: number; readonly length: number };
  /** Whether what follows is from elsewhere, so that its source is to be named. */
  readonly ends: boolean;
}

/** A character, and how sure the network was of it. */
export interface Letter {
  readonly text: string;
  /** Its probability, from 0 to 1. */
  readonly probability: number;
  /** The likeliest characters in its place, itself among them or not, the likeliest first. */
  readonly likeliest: Alternatives["likeliest"];
}

/** A sample with what it copies. */
export interface Sample {
  /** What it went on from; "" where it began by itself. */
  readonly prompt: string;
  readonly pieces: readonly Piece[];
  /** The characters of the pieces, one after another. */
  readonly letters: readonly Letter[];
  /** The share that is copied, from 0 to 1, from all texts together. */
  readonly copied: number;
  /** The longest passage out of the visitor's paragraph; 0 where there is none. */
  readonly longestOwn: number;
}

/** What it writes at one moment of a run. */
export interface Look {
  /** How often it has read each text, on average. */
  readonly readings: number;
  readonly seconds: number;
  /** Nats a character, the mean since the look before; NaN before the first step. */
  readonly loss: number;
  /** One that goes on from the paragraph's first words, and one that begins by itself. */
  readonly samples: readonly Sample[];
  /** How probable it holds each character of the paragraph, read from its beginning. */
  readonly known: readonly number[];
}

export type ToWorker =
  | { readonly type: "read"; readonly order: Order }
  | { readonly type: "stop" }
  /** Write once more, with another temperature. */
  | { readonly type: "write"; readonly run: number; readonly temperature: number };

export type ToPage =
  | { readonly type: "ready"; readonly computing: Computing }
  | { readonly type: "look"; readonly run: number; readonly look: Look }
  | { readonly type: "rewritten"; readonly run: number; readonly samples: readonly Sample[] }
  | { readonly type: "ended"; readonly run: number; readonly stopped: boolean }
  | { readonly type: "failed"; readonly message: string };
