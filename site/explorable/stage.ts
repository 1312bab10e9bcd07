/** How far a network has come, by what it writes at one look. */
import type { Text } from "../../lib/text/text";
import type { Look } from "./messages";
import { longestOwn, times } from "./run";
import { copiedFrom } from "./settings";
import type { Source } from "./view/books";

/** From the first to the last; a later look may fall back. */
export const stages = ["chance", "noise", "words", "books", "own"] as const;
export type Stage = (typeof stages)[number];

/** The share of its words that must be words of what it reads. */
const fewestWords = 0.5;

/** Tells stages apart for one choice of texts, whose words it knows. */
export class Stages {
  private readonly words: ReadonlySet<string>;

  constructor(
    texts: readonly Text[],
    private readonly sources: readonly Source[],
    private readonly own: number,
  ) {
    this.words = new Set(texts.flatMap(({ content }) => wordsOf(content)));
  }

  of({ readings, samples }: Pick<Look, "readings" | "samples">): Stage {
    if (longestOwn(samples) >= copiedFrom) return "own";
    if (this.recited(samples).length > 0) return "books";
    const written = samples.flatMap(({ pieces }) => wordsOf(pieces.map(({ text }) => text).join("")));
    const known = written.filter((word) => this.words.has(word));
    if (written.length > 0 && known.length >= fewestWords * written.length) return "words";
    return readings === 0 ? "chance" : "noise";
  }

  /**
   * A sentence on a look.
   *
   * @param begun the first look at which it copied the visitor's paragraph, if there was one
   */
  inWords(look: Pick<Look, "readings" | "samples">, begun?: Pick<Look, "readings">): string {
    const stage = this.of(look);
    const count = longestOwn(look.samples);
    if (stage === "own" && (begun?.readings ?? look.readings) === look.readings)
      return `There: ${count} characters of yours, letter for letter, after ${times(Math.round(look.readings))}.`;
    if (begun) {
      const now = stage === "own" ? `just now ${count} characters in a row` : "just now it does not";
      return `It first copied you after ${times(Math.round(begun.readings))}; ${now}.`;
    }
    if (stage === "books") return `It recites ${listed(this.recited(look.samples))}, not yet you.`;
    if (stage === "words") return "It writes words by now, and copies nobody.";
    if (stage === "noise") return "It writes noise: hardly a word is one.";
    return "It has read nothing yet, and writes by chance.";
  }

  /** The names of the books that are copied. */
  private recited(samples: Look["samples"]): string[] {
    const copies = samples.flatMap(({ pieces }) => pieces.flatMap(({ copy }) => copy?.source ?? []));
    return [...new Set(copies)]
      .filter((source) => source !== this.own)
      .map((source) => this.sources[source].name);
  }
}

/** Of three letters or more, so that chance alone makes few. */
function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
