/** What of a document is not among its words, counted. */

const plurals = {
  note: "notes",
  comment: "comments",
  "tracked deletion": "tracked deletions",
  "piece of hidden text": "pieces of hidden text",
  "navigation page": "navigation pages",
  "page beside the main text": "pages beside the main text",
  "reading beside characters": "readings beside characters",
  "symbol of a special font": "symbols of special fonts",
  "included document": "included documents",
} as const;

export type Beside = keyof typeof plurals;

export class Aside {
  private readonly counts = new Map<Beside, number>();

  add(what: Beside, times = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + times);
  }

  /** A sentence; none where nothing is left out. */
  notices(name: string): string[] {
    const all = [...this.counts];
    if (all.length === 0) return [];
    const list = all.map(([what, count]) => `${count} ${count === 1 ? what : plurals[what]}`);
    const isOne = all.length === 1 && all[0][1] === 1;
    return [`${list.join(", ")} in ${name} ${isOne ? "was" : "were"} left out`];
  }
}
