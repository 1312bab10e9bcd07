/**
 * What is known of texts beside their words, as author and year, and the numbers by which a network knows it. Where a
 * text's labels come from, `short-texts.ts` and `table.ts` say.
 */
import { echo } from "../base/echo";
import type { Random } from "../base/random";
import type { Text } from "./text";

/** A label and its values in the texts, each once and in the order of their code units; their numbers begin with 1. */
export interface Label {
  readonly name: string;
  readonly values: readonly string[];
}

/** Labels of one text, by name: { author: "Bashō" }. */
export type GivenLabels = Readonly<Record<string, string>>;

export class Labels {
  private constructor(readonly all: readonly Label[]) {}

  /**
   * The values that some labels have in texts. Every text has the labels `title` and `author`; others come with it.
   *
   * @throws where no text has a label, with those that they have
   * @example Labels.of(library.texts, ["author"]).all // [{ name: "author", values: ["Bashō", "Issa"] }]
   */
  static of(texts: readonly Text[], names: readonly string[]): Labels {
    const all = names.map((name) => {
      const values = new Set(texts.map((text) => valueOf(text, name)).filter((value) => value !== ""));
      if (values.size === 0) {
        const others = texts.flatMap(({ labels }) => Object.keys(labels ?? {}));
        const there = [...new Set(["title", "author", ...others])].join(", ");
        throw new Error(`Expected texts with the label \`${name}\`, got none; they have ${there}`);
      }
      return { name, values: [...values].sort() };
    });
    return new Labels(all);
  }

  /** How many labels a text has. */
  get count(): number {
    return this.all.length;
  }

  /** The number of each label of a text; 0, which stands for any, where it has none or one that is not known. */
  idsOf(text: Text): number[] {
    return this.all.map(({ name, values }) => values.indexOf(valueOf(text, name)) + 1);
  }

  /**
   * The numbers of labels that somebody asks for; 0, which stands for any, for those that are left out.
   *
   * @throws where one is not known, with those that are
   * @example labels.ids({ author: "Issa" }) // [2]
   */
  ids(given: GivenLabels): number[] {
    const names = this.all.map(({ name }) => name);
    for (const name of Object.keys(given)) {
      if (names.includes(name)) continue;
      throw new Error(
        names.length
          ? `Unknown label \`${name}\`; the network knows ${names.join(", ")}`
          : `Expected no labels, got \`${name}\`: the network knows none. Train one with \`labels: ["${name}"]\`.`,
      );
    }
    return this.all.map(({ name, values }) => {
      if (!Object.hasOwn(given, name)) return 0;
      const id = values.indexOf(given[name]) + 1;
      if (id > 0) return id;
      throw new Error(`Expected as label \`${name}\` one of ${quoted(values)}, got ${quoted([given[name]])}`);
    });
  }

  /** What tells these labels from others, a line for each difference. */
  differences(there: Labels): string[] {
    const told = (list: readonly Label[]) => list.map(({ name, values }) => `${name} (${quoted(values)})`);
    const [here, others] = [told(this.all), told(there.all)];
    return here.join() === others.join()
      ? []
      : [`the labels are ${here.join(" and ") || "none"} here and ${others.join(" and ") || "none"} there`];
  }

  toJSON(): readonly Label[] {
    return this.all;
  }

  /** @param json undefined where a network was saved that knows none */
  static fromJSON(json: readonly Label[] = []): Labels {
    const isText = (value: unknown) => typeof value === "string";
    const isLabel = ({ name, values }: Partial<Label>) =>
      isText(name) && Array.isArray(values) && values.every(isText);
    if (!Array.isArray(json) || !json.every((label) => isLabel((label as Label | null) ?? {})))
      throw new Error(`Expected labels as [{ "name": "…", "values": ["…"] }], got ${echo(json)}`);
    return new Labels(json);
  }

  static readonly none = new Labels([]);
}

/** Share of the rows that are not told their labels in training, so that a network can also write without. */
export const untoldShare = 0.1;

/**
 * Takes labels away by chance: all of them from a share of rows, and from the others each one from the same share, so that
 * some can be given without the others.
 *
 * @example sometimesUntold([2, 5], random(1)) // [2, 5], or [0, 0], [0, 5], [2, 0]
 */
export function sometimesUntold(ids: readonly number[], draw: Random): readonly number[] {
  if (draw() < untoldShare) return ids.map(() => 0);
  return ids.length > 1 ? ids.map((id) => (draw() < untoldShare ? 0 : id)) : ids;
}

function valueOf({ title, author, labels }: Text, name: string): string {
  const own = labels && Object.hasOwn(labels, name) ? labels[name] : undefined;
  return own ?? (name === "author" ? author : name === "title" ? title : "");
}

/** The first of some values, and how many more there are. */
function quoted(values: readonly string[]): string {
  const named = values.slice(0, 20).map((value) => JSON.stringify(value));
  const more = values.length - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}
