/** What the site brings for the worker's disk. */

/** What the site has for the disk; `site/build/disk.ts` packs it. */
export interface Packed {
  /** Texts by their paths from the project's root. */
  readonly files: Readonly<Record<string, string>>;
  /** Of each file that comes later, its name in the site. */
  readonly later: Readonly<Record<string, string>>;
}

/** What the worker's first script has left: the pack, and the address of the site's kernel. */
export interface Brought {
  readonly disk: Packed;
  readonly address: string;
}
