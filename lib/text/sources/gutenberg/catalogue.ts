/** Project Gutenberg's catalogue: which books there are, searched by author, title, language and subject. */
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import path from "node:path";
import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";
import { type Checked, DownloadError, NotFoundError } from "../fetch";
import { putAside } from "../../../base/files/put-aside";
import type { CatalogueEntry } from "./catalogue-entry";
import { CACHE, type BookOptions } from "./download";
import { retrieve } from "./mirrors";
import { nameOf, titleOf } from "./names";
import { type Query, rank } from "./search";

export interface CatalogueOptions extends BookOptions {
  /** After how many days a cached catalogue is renewed, 7 by default: it changes once a week. */
  readonly maximumAge?: number;
}

const FEEDS = "cache/epub/feeds";
const NAMES = ["pg_catalog.csv.gz", "pg_catalog.csv"];
const DAY = 24 * 3600 * 1000;

export class Catalogue {
  private constructor(
    /** All books that are texts; recordings, pictures and data sets are left out. */
    readonly entries: readonly CatalogueEntry[],
    /** When it was downloaded. */
    readonly date: Date,
    /** That an old catalogue is in use, for want of a new one, or that a broken one was put aside; else "". */
    readonly notice: string,
  ) {}

  /**
   * Reads the catalogue, which is downloaded (5 MB) where the cache has none or an old one. Takes about three seconds.
   *
   * @throws UnreachableError where there is none in the cache and none can be had.
   */
  static async open(options: CatalogueOptions = {}): Promise<Catalogue> {
    const { cache = CACHE, maximumAge = 7 } = options;
    const cached = await newest(cache);
    if (!cached) return Catalogue.renewed(cache, options);
    const { file, date } = cached;
    try {
      if (Date.now() - date.getTime() > maximumAge * DAY) return await Catalogue.renewed(cache, options);
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      const notice = `The catalogue of ${date.toDateString()} is in use: a newer one could not be had. ${error.message}`;
      return new Catalogue(await read(file, options), date, notice);
    }
    try {
      return new Catalogue(await read(file, options), date, "");
    } catch (error) {
      if (!(error instanceof BrokenCatalogue)) throw error;
      const problem = `no catalogue, or a part of one (${error.message})`;
      const notices: string[] = [];
      const renewed = await putAside(file, {
        problem,
        notices,
        again: () => Catalogue.renewed(cache, options),
      });
      return new Catalogue(renewed.entries, renewed.date, notices.join(" "));
    }
  }

  private static async renewed(cache: string, options: BookOptions): Promise<Catalogue> {
    await renew(cache, options);
    const { file, date } = (await newest(cache)) as CachedFile;
    return new Catalogue(await read(file, options), date, "");
  }

  /**
   * The books in which all the words of the query stand, as beginnings of words, without regard to case and accents;
   * the best first.
   *
   * @example catalogue.search({ author: "austen", language: "en" }).map(({ id, title }) => `${id} ${title}`)
   * @example catalogue.search("bronte wuthering") // words of the author, the title or a subject
   */
  search(query: string | Query, { limit = 20 } = {}): CatalogueEntry[] {
    return rank(this.entries, typeof query === "string" ? { words: query } : query).slice(0, limit);
  }
}

interface CachedFile {
  readonly file: string;
  readonly date: Date;
}

/** The catalogue in the cache, as it came last. */
async function newest(cache: string): Promise<CachedFile | undefined> {
  const files = NAMES.map((name) => path.join(cache, name));
  const states = await Promise.all(files.map((file) => stat(file).catch(() => undefined)));
  return files
    .flatMap((file, index) => (states[index]?.size ? [{ file, date: states[index].mtime }] : []))
    .sort((one, other) => other.date.getTime() - one.date.getTime())[0];
}

async function renew(cache: string, options: BookOptions): Promise<void> {
  for (const name of NAMES) {
    try {
      const settings = { label: "Catalogue", check: checkCatalogue, ...options };
      return await retrieve("the catalogue", [`${FEEDS}/${name}`], path.join(cache, name), settings);
    } catch (error) {
      if (!(error instanceof NotFoundError) || name === NAMES[NAMES.length - 1]) throw error;
    }
  }
}

type Row = Record<
  "Text#" | "Type" | "Issued" | "Title" | "Language" | "Authors" | "Subjects" | "Bookshelves",
  string
>;

async function read(file: string, { onProgress }: BookOptions): Promise<CatalogueEntry[]> {
  const { size: total } = await stat(file);
  const bytes = createReadStream(file);
  const parser = parse({ columns: true, bom: true, relax_column_count: true });
  const unzip = (await isGzipped(file)) ? createGunzip() : new PassThrough();
  const entries: CatalogueEntry[] = [];
  try {
    await pipeline(bytes, unzip, parser, async (parsed: AsyncIterable<Row>) => {
      let rows = 0;
      for await (const row of parsed) {
        if (row.Type === "Text") entries.push(entryOf(row));
        if (++rows % 5000 === 0) {
          onProgress?.({ label: "Reading the catalogue", done: bytes.bytesRead, total, unit: "bytes" });
        }
      }
    });
  } catch (error) {
    throw new BrokenCatalogue((error as Error).message, { cause: error });
  }
  if (entries.length === 0) throw new BrokenCatalogue("it names no books");
  return entries;
}

/** Thrown where a file is no catalogue, or not all of one. */
class BrokenCatalogue extends Error {}

/** Looks at a file that has come before it takes the place of the one before: whether it unpacks, and how it begins. */
async function checkCatalogue(file: string): Promise<Checked> {
  let first: Buffer | undefined;
  const unzip = (await isGzipped(file)) ? createGunzip() : new PassThrough();
  try {
    await pipeline(createReadStream(file), unzip, async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) first ??= chunk;
    });
  } catch (error) {
    return { problem: `a broken catalogue: ${(error as Error).message}` };
  }
  return first?.includes("Text#,") ? {} : { problem: "no catalogue" };
}

async function isGzipped(file: string): Promise<boolean> {
  const handle = await open(file);
  const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
  await handle.close();
  return buffer[0] === 0x1f && buffer[1] === 0x8b;
}

function entryOf(row: Row): CatalogueEntry {
  return {
    id: Number(row["Text#"]),
    title: titleOf(row.Title.split(/[\r\n]+/)),
    authors: list(row.Authors).map(nameOf),
    languages: list(row.Language),
    subjects: list(row.Subjects),
    bookshelves: list(row.Bookshelves),
    issued: row.Issued,
  };
}

function list(field: string): string[] {
  return field.split(/\s*;\s*/).filter((item) => item !== "");
}
