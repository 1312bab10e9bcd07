/** Where the texts of a library come from, and how each is read. */
import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { type AddressOptions, mobyDick, stateOfTheUnion } from "./corpora";
import { normalise, readText } from "./decode";
import { type Checked, download } from "./fetch";
import { readBook } from "./gutenberg/book";
import { endsAsBook } from "./gutenberg/complete";
import { type BookOptions, downloadBook } from "./gutenberg/download";
import { isFolder } from "./gutenberg/mirrors";
import { putAside } from "./put-aside";
import { shortTexts, type ShortTexts } from "./short-texts";
import { readTable, type Columns } from "./table";
import type { Text } from "./text";
import { headOf, unlikeText } from "./unlike-text";

/** What may be said of any source; what is not said is taken from the file, where it says. */
export interface Description {
  readonly title?: string;
  readonly author?: string;
  /** See `Text.weight`. */
  readonly weight?: number;
  /** See `Text.heldOut`. */
  readonly heldOut?: boolean;
}

/**
 * A source of texts. A string is an address, "gutenberg:" and a number, or else the path of a file or folder; so that
 * "gutenberg:1342" is short for `{ gutenberg: 1342 }`. A folder gives a text for each of its .txt files, those of its
 * sub-folders too.
 *
 * Short texts, which are read and written between marks: a list of them; a `file` cut at each `separator`, as "\n" or
 * "\n\n"; or a `file` that is a table, CSV or JSONL, with the `column` of the texts and columns of `labels`.
 */
export type Source =
  | string
  | (Description & { readonly gutenberg: number })
  | (Description & { readonly file: string })
  | (Description & Columns & { readonly file: string })
  | (Description & { readonly file: string; readonly separator: string })
  | (Description & { readonly folder: string })
  | (Description & { readonly url: string })
  | (Description & { readonly text: string; readonly title: string })
  | (Description & { readonly texts: readonly string[] })
  | (Description & { readonly corpus: "moby-dick" })
  | (Description & AddressOptions & { readonly corpus: "state-of-the-union" });

/** A text as it was read, with what the reader should know of it. */
export type ReadText = Text & { readonly notices?: readonly string[] };

type SourceObject = Exclude<Source, string>;

const KINDS = ["gutenberg", "file", "folder", "url", "text", "texts", "corpus"];
const WEB_CACHE = path.join("data", "web");

/**
 * Reads the texts of a source; what must be downloaded is kept in the cache.
 *
 * @throws UnreachableError where that fails for want of a connection; and where a file is missing, binary or empty.
 */
export async function readSource(source: Source, options: BookOptions): Promise<ReadText[]> {
  const given: SourceObject = typeof source === "string" ? await parse(source) : source;
  if (!KINDS.some((kind) => kind in (given ?? {}))) {
    throw new Error(`Expected a source with one of ${KINDS.join(", ")}, got ${JSON.stringify(source)}`);
  }
  const texts = await read(given, options);
  return texts.map((text) => {
    const { title = text.title, author = text.author, weight = text.weight, heldOut }: Description = given;
    if (!(weight > 0 && weight < Infinity)) {
      throw new Error(`Expected \`weight\` > 0, got ${weight} for "${title}"`);
    }
    if (text.content.trim() === "") {
      throw new Error(`Expected words in "${title}" (${text.source}), got an empty text`);
    }
    const held = heldOut ? { heldOut } : {};
    return { ...text, title: texts.length > 1 ? text.title : title, author, weight, ...held };
  });
}

async function parse(source: string): Promise<SourceObject> {
  const book = /^gutenberg:(\d+)$/.exec(source);
  if (book) return { gutenberg: Number(book[1]) };
  if (/^https?:\/\//i.test(source)) return { url: source };
  return (await isFolder(source)) ? { folder: source } : { file: source };
}

async function read(source: SourceObject, options: BookOptions): Promise<ReadText[]> {
  if ("gutenberg" in source) {
    const name = `Book ${source.gutenberg}`;
    const notices: string[] = [];
    const file = await downloadBook(source.gutenberg, { label: source.title ?? name, ...options, notices });
    return [noticed(await fromFile(file, name, `gutenberg:${source.gutenberg}`), notices)];
  }
  if ("url" in source) {
    const notices: string[] = [];
    const file = await page(source.url, { ...options, notices });
    return [noticed(await fromFile(file, nameOf(source.url), source.url), notices)];
  }
  if ("file" in source) {
    const named = { title: source.title ?? path.basename(source.file), source: source.file };
    if ("column" in source) return shortTexts(await readTable(source.file, source), named);
    if ("separator" in source) return shortTexts(await pieces(source.file, source.separator), named);
    return [await fromFile(source.file)];
  }
  if ("folder" in source) return Promise.all((await filesIn(source.folder)).map((file) => fromFile(file)));
  if ("texts" in source) return listed(source.texts, source.title);
  if ("text" in source) {
    const content = normalise(source.text);
    return [{ title: source.title ?? "Text", author: "", source: "string", content, weight: 1 }];
  }
  if (source.corpus === "moby-dick") return [mobyDick()];
  if (source.corpus === "state-of-the-union") return stateOfTheUnion(source);
  const { corpus } = source as { corpus: unknown };
  throw new Error(
    `Expected \`corpus\` to be "moby-dick" or "state-of-the-union", got ${JSON.stringify(corpus)}`,
  );
}

/** The text in a file; without licence and notes where it is one of Project Gutenberg's. */
async function fromFile(file: string, name = nameOf(file), source = file): Promise<ReadText> {
  const { title, author, content, notices } = await readBook(file);
  const text = { title: title || name, author, source, content, weight: 1 };
  return notices.length > 0
    ? { ...text, notices: notices.map((notice) => `${text.title}: ${notice}`) }
    : text;
}

/** A text with what was noticed before it was read. */
function noticed(text: ReadText, notices: readonly string[]): ReadText {
  return notices.length > 0 ? { ...text, notices: [...notices, ...(text.notices ?? [])] } : text;
}

/** What stands between separators in a file. */
async function pieces(file: string, separator: string): Promise<ShortTexts> {
  if (separator === "") throw new Error("Expected `separator` not to be empty");
  const { content, notices } = await readText(file);
  return { texts: content.split(separator).map((piece) => ({ content: piece })), notices };
}

function listed(texts: readonly string[], title = "Texts"): ReadText[] {
  if (!Array.isArray(texts) || texts.some((content) => typeof content !== "string"))
    throw new Error(`Expected \`texts\` to be a list of strings, got ${JSON.stringify(texts)}`);
  const given = texts.map((content: string) => ({ content }));
  return shortTexts({ texts: given, notices: [] }, { title, source: "string" });
}

/** The file in the cache that holds what stands at an address. One that is no text is put aside and downloaded again. */
async function page(url: string, options: BookOptions): Promise<string> {
  const hash = createHash("sha256").update(url).digest("hex").slice(0, 12);
  const file = path.join(options.cache ?? WEB_CACHE, `${nameOf(url).replace(/\W+/g, "-")}-${hash}.txt`);
  const check = (each: string) => checkText(each, url);
  const again = () => download(url, file, { label: nameOf(url), check, ...options });
  if (await stat(file).catch(() => undefined)) {
    const problem = unlikeText(await headOf(file), url);
    if (problem !== undefined) await putAside(file, { problem, notices: options.notices, again });
  } else await again();
  return file;
}

/** Reads a file that has come from an address before it is kept. */
async function checkText(file: string, url: string): Promise<Checked> {
  try {
    await readText(file);
  } catch (error) {
    return { problem: `no text that can be read (${(error as Error).message.replaceAll(file, url)})` };
  }
  return { isComplete: await endsAsBook(file) };
}

/** The .txt files of a folder and its sub-folders, packed ones too, in the order of their names. */
export async function filesIn(folder: string): Promise<string[]> {
  if (!(await isFolder(folder))) throw new Error(`Expected a folder ${folder}, found none`);
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => entry.isFile() && /^[^.].*\.txt(\.gz|\.zst)?$/i.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  if (files.length === 0) throw new Error(`Expected .txt files in the folder ${folder}, found none`);
  return files;
}

/** The name of a file without its ending. */
export function nameOf(place: string): string {
  const name = path.basename(place.replace(/[?#].*$/, "")).replace(/\.(gz|zst)$/i, "");
  return name.replace(/\.\w+$/, "") || place;
}
