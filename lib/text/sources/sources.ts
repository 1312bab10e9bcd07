/**
 * Where the texts of a library come from, and how each is read. All kinds of sources stand in one file, longer than others, so
 * that a new one is added in one place: its type, its reading and its errors.
 */
import { echo } from "../../base/echo";
import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import path from "node:path";
import { OptionError } from "../../base/option-error";
import { type AddressOptions, mobyDick, stateOfTheUnion } from "./corpora";
import { decodeString, readBytes, readText, type Decoded, type DecodeOptions } from "../encoding/decode";
import { containerOf } from "../documents/kinds";
import { encodingNamed } from "../encoding/names";
import { type Checked, download } from "./fetch";
import { readAllIn, textsIn } from "./folder";
import { headed, headLength, noticesOfWhole, readBook, readBookIn } from "./gutenberg/book";
import { endsAsBook } from "./gutenberg/complete";
import { type BookOptions, downloadBook } from "./gutenberg/download";
import { isFolder } from "./gutenberg/mirrors";
import { putAside } from "../../base/files/put-aside";
import { cutAt, isLeftOut } from "../tables/separators";
import { shortTexts } from "../tables/short-texts";
import { tableOf, type Columns } from "../tables/table";
import type { Text } from "../text";
import { headOf, unlikeText } from "./unlike-text";

/** What may be said of any source; what is not said is taken from the file, where it says. */
export interface Description {
  readonly title?: string;
  readonly author?: string;
  /** See `Text.weight`. */
  readonly weight?: number;
  /** See `Text.heldOut`. */
  readonly heldOut?: boolean;
  /** The encoding of files, as "koi8-r" or "macintosh" (default: it is found out, and a guess is told). */
  readonly encoding?: string;
}

/** How the short texts in a file are told apart. */
type Cut = Columns | { readonly separator: string };

/**
 * A source of texts. A string is an address, "gutenberg:" and a number, or else the path of a file or folder; so that
 * "gutenberg:1342" is short for `{ gutenberg: 1342 }`. A folder gives a text for each of its .txt files and documents, those of
 * its sub-folders too. Documents are .docx, .odt, .epub, .rtf and .pdf, known by their content wherever they come from.
 *
 * Short texts, which are read and written between marks: a list of them; a `file` cut at each `separator`, as "\n" or
 * "\n\n"; or a `file` that is a table, CSV or JSONL, with the `column` of the texts and columns of `labels`. What comes from a
 * `url` or as `bytes`, as standard input does, is cut in the same ways, and each file of a folder at separators.
 */
export type Source =
  | string
  | (Description & { readonly gutenberg: number })
  | (Description & { readonly file: string })
  | (Description & { readonly file: string } & Cut)
  | (Description & { readonly folder: string })
  | (Description & { readonly folder: string; readonly separator: string })
  | (Description & { readonly url: string })
  | (Description & { readonly url: string } & Cut)
  | (Description & { readonly bytes: Uint8Array; readonly name: string })
  | (Description & { readonly bytes: Uint8Array; readonly name: string } & Cut)
  | (Description & { readonly text: string; readonly title: string })
  | (Description & { readonly texts: readonly string[] })
  | (Description & { readonly corpus: "moby-dick" })
  | (Description & AddressOptions & { readonly corpus: "state-of-the-union" });

/** A text as it was read, with what the reader should know of it. */
export type ReadText = Text & { readonly notices?: readonly string[] };

type SourceObject = Exclude<Source, string>;

/** How a file is read, and by which name it goes. */
type HowToRead = NonNullable<Parameters<typeof readBook>[1]>;

const KINDS = ["gutenberg", "file", "folder", "url", "bytes", "text", "texts", "corpus"];
/** What may be said of how a source is read, and of which kinds. */
const READING: Readonly<Record<string, readonly string[]>> = {
  encoding: ["gutenberg", "file", "folder", "url", "bytes"],
  column: ["file", "url", "bytes"],
  labels: ["file", "url", "bytes"],
  separator: ["file", "folder", "url", "bytes"],
};
const WEB_CACHE = path.join("data", "web");

/**
 * Reads the texts of a source; what must be downloaded is kept in the cache.
 *
 * @throws UnreachableError where that fails for want of a connection; and where a file is missing, binary or empty.
 */
export async function readSource(source: Source, options: BookOptions): Promise<ReadText[]> {
  const given: SourceObject = typeof source === "string" ? await parse(source) : source;
  if (!KINDS.some((kind) => kind in (given ?? {}))) {
    throw new Error(`Expected a source with one of ${KINDS.join(", ")}, got ${echo(source)}`);
  }
  refuseStray(given);
  const texts = await read(given, options);
  return texts.map((text) => {
    const { title = text.title, author = text.author, weight = text.weight, heldOut }: Description = given;
    if (!(weight > 0 && weight < Infinity)) {
      throw new OptionError("weight", "> 0", weight, ` for "${title}"`);
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

/** Refuses what would be passed over in silence. */
function refuseStray(source: SourceObject): void {
  const kind = KINDS.find((one) => one in source) as string;
  const said = source as object as Readonly<Record<string, unknown>>;
  for (const [option, kinds] of Object.entries(READING)) {
    if (said[option] === undefined || kinds.includes(kind)) continue;
    throw new OptionError(option, `with ${kinds.join(", ")}`, `it with ${kind}`);
  }
  if (said.column !== undefined && said.separator !== undefined)
    throw new OptionError("column", "or `separator`", "both");
  if (said.labels !== undefined && said.column === undefined)
    throw new OptionError("column", "with `labels`", "none");
  if (said.separator === "") throw new OptionError("separator", "not to be empty", '""');
  if (said.encoding !== undefined) encodingNamed(said.encoding as string);
}

async function read(source: SourceObject, options: BookOptions): Promise<ReadText[]> {
  const how = { encoding: (source as Description).encoding, onProgress: options.onProgress };
  if ("gutenberg" in source) {
    const name = `Book ${source.gutenberg}`;
    const notices: string[] = [];
    const file = await downloadBook(source.gutenberg, { label: source.title ?? name, ...options, notices });
    return [noticed(await fromFile(file, how, name, `gutenberg:${source.gutenberg}`), notices)];
  }
  if ("url" in source) {
    const notices: string[] = [];
    const file = await page(source.url, source, { ...options, notices });
    const named = { ...source, title: source.title ?? nameOf(source.url), source: source.url };
    const [first, ...rest] = cutOf(source)
      ? cut(await readText(file, howToCut(source, how)), nameInUrl(source.url), named)
      : [await fromFile(file, { ...how, called: nameInUrl(source.url) }, nameOf(source.url), source.url)];
    return [noticed(first, notices), ...rest];
  }
  if ("file" in source) {
    if (!cutOf(source)) return [await fromFile(source.file, how)];
    const named = { ...source, title: source.title ?? path.basename(source.file), source: source.file };
    return cut(await readText(source.file, howToCut(source, how)), source.file, named);
  }
  if ("folder" in source) return fromFolder(source, how);
  if ("bytes" in source) {
    const { bytes, name } = source;
    const decoded = await readBytes(bytes, name, howToCut(source, how));
    const named = { ...source, title: source.title ?? name, source: "string" };
    return cutOf(source) ? cut(decoded, name, named) : [fromDecoded(decoded, name, named.source)];
  }
  if ("texts" in source) return listed(source.texts, source.title);
  if ("text" in source) {
    const title = source.title ?? "Text";
    const { content, notices } = decodeString(source.text, title);
    return [noticed({ title, author: "", source: "string", content, weight: 1 }, notices)];
  }
  if (source.corpus === "moby-dick") return [mobyDick()];
  if (source.corpus === "state-of-the-union") return stateOfTheUnion(source);
  const { corpus } = source as { corpus: unknown };
  throw new OptionError("corpus", `to be "moby-dick" or "state-of-the-union"`, JSON.stringify(corpus));
}

/** The text in a file; without licence and notes where it is one of Project Gutenberg's. */
async function fromFile(file: string, how: HowToRead, name = nameOf(file), source = file): Promise<ReadText> {
  return titled(await readBook(file, how), name, source);
}

/** The same of what was read already. */
function fromDecoded({ content, notices, ...front }: Decoded, name: string, source: string): ReadText {
  const book = readBookIn(content);
  const told = [...notices, ...noticesOfWhole(content.slice(0, headLength), name), ...book.notices];
  return titled({ ...book, ...headed(book, front), notices: told }, name, source);
}

function titled(
  { title, author, content, notices }: Awaited<ReturnType<typeof readBook>>,
  name: string,
  source: string,
): ReadText {
  const text = { title: title || name, author, source, content, weight: 1 };
  return noticed(
    text,
    notices.map((notice) => `${text.title}: ${notice}`),
  );
}

/** A text with what was noticed before it was read. */
function noticed(text: ReadText, notices: readonly string[]): ReadText {
  return notices.length > 0 ? { ...text, notices: [...notices, ...(text.notices ?? [])] } : text;
}

/** The texts of a folder and its sub-folders; what is left out is noticed with the first. */
async function fromFolder(
  source: Description & { readonly folder: string; readonly separator?: string },
  how: HowToRead,
) {
  const texts = await textsIn(source.folder);
  const read = async (file: string) =>
    cutOf(source)
      ? cut(await readText(file, howToCut(source, how)), file, {
          ...source,
          title: path.basename(file),
          source: file,
        })
      : [await fromFile(file, how)];
  const [first, ...rest] = (await readAllIn(texts, read)).flat();
  return [noticed(first, texts.leftOut.notices()), ...rest];
}

/** How a file is read; one to be cut at what is left out otherwise, as it stands. */
function howToCut(source: object, how: HowToRead): DecodeOptions {
  const { separator = "" } = source as { readonly separator?: string };
  return { ...how, asItStands: isLeftOut(separator) };
}

/** How a source is cut into short texts; undefined where it is a whole one. */
function cutOf(source: object): Cut | undefined {
  const { column, separator } = source as Partial<Columns & { readonly separator: string }>;
  return column === undefined && separator === undefined ? undefined : (source as Cut);
}

/** The short texts in a file that was read; `name` is what an error calls it. */
function cut(
  { content, notices }: Decoded,
  name: string,
  source: { readonly title: string; readonly source: string },
): ReadText[] {
  const how = cutOf(source) as Cut;
  if ("column" in how && how.column !== undefined) {
    const given = tableOf(content, name, how);
    return shortTexts({ ...given, notices: [...notices, ...given.notices] }, source);
  }
  const { separator } = how as { readonly separator: string };
  const given = cutAt(content, { separator, name });
  // Of a folder, some files may well hold one text each.
  const isUncut = given.texts.length === 1 && !("folder" in source);
  const uncut = isUncut
    ? [`${name}: ${JSON.stringify(separator)} stands nowhere in it, so all of it is one short text`]
    : [];
  return shortTexts({ ...given, notices: [...notices, ...given.notices, ...uncut] }, source);
}

function listed(texts: readonly string[], title = "Texts"): ReadText[] {
  if (!Array.isArray(texts) || texts.some((content) => typeof content !== "string"))
    throw new OptionError("texts", "to be a list of strings", JSON.stringify(texts));
  const given = texts.map((content: string) => ({ content }));
  return shortTexts({ texts: given, notices: [] }, { title, source: "string" });
}

/** The file in the cache that holds what stands at an address. One that is no text is put aside and downloaded again. */
async function page(url: string, { encoding }: Description, options: BookOptions): Promise<string> {
  const hash = createHash("sha256").update(url).digest("hex").slice(0, 12);
  const file = path.join(options.cache ?? WEB_CACHE, `${nameOf(url).replace(/\W+/g, "-")}-${hash}.txt`);
  const check = (each: string) => checkText(each, url, encoding);
  const again = () => download(url, file, { label: nameOf(url), check, documents: true, ...options });
  if (await stat(file).catch(() => undefined)) {
    const problem = unlikeText(await headOf(file), url, { documents: true });
    if (problem !== undefined) await putAside(file, { problem, notices: options.notices, again });
  } else await again();
  return file;
}

/** Reads a file that has come from an address before it is kept. */
async function checkText(file: string, url: string, encoding?: string): Promise<Checked> {
  try {
    await readText(file, { encoding });
  } catch (error) {
    return { problem: `no text that can be read (${(error as Error).message.replaceAll(file, url)})` };
  }
  // The directory of a ZIP archive, which .docx, .odt and .epub are, stands at its end.
  return { isComplete: containerOf(await headOf(file)) === "zip" || (await endsAsBook(file)) };
}

/** The last part of an address, of which the ending tells what a table is. */
function nameInUrl(url: string): string {
  return path.basename(url.replace(/[?#].*$/, "")) || url;
}

/** The name of a file without its ending. */
export function nameOf(place: string): string {
  const name = path.basename(place.replace(/[?#].*$/, "")).replace(/\.(gz|zst)$/i, "");
  return name.replace(/\.\w+$/, "") || place;
}
