/** Texts as a command line names them, and the library that they make. What a run remembers of them: `remembered-texts.ts`. */
import { buffer } from "node:stream/consumers";
import { InvalidArgumentError, type Command, Option } from "commander";
import {
  encodingNamed,
  type Library,
  novels,
  type Source,
  StreamedLibrary,
  type StreamedSource,
  TextLibrary,
} from "../../lib/text";
import { isFolder } from "../../lib/text/sources/gutenberg/mirrors";
import { progressBar } from "../../lib/show/progress-bar";
import { UsageError } from "../exit-codes";
import { addOptionsFrom, collected, number, numbers, unescaped } from "./options";
import { say } from "../output";

/** What options say of texts; what is not given is lib's default. */
export interface TextOptions {
  readonly validation?: number;
  readonly column?: string;
  /** Columns with what else is known of each short text. */
  readonly labels?: readonly string[];
  readonly separator?: string;
  /** Of files, addresses and standard input. */
  readonly encoding?: string;
  /** Texts that are held out whole. */
  readonly validateOn?: readonly string[];
  /** One for each text, in their order. */
  readonly weights?: number | readonly number[];
  /** Folder that keeps what was downloaded. */
  readonly cache?: string;
  readonly mirror?: readonly string[];
  readonly quiet?: boolean;
  /** Whether they are read from disk while a network learns. */
  readonly stream?: boolean;
}

/** Texts and how they are read: what a run remembers, so that it can go on without being told again. */
export interface GivenTexts extends Omit<TextOptions, "cache" | "mirror" | "quiet"> {
  readonly texts: readonly string[];
}

export const textsInWords = `Texts are paths of files (plain text, .docx, .odt, .epub, .rtf, .pdf) or of folders, addresses (https://…), books of
Project Gutenberg (gutenberg:1342), what comes with the project (corpus:moby-dick, corpus:state-of-the-union,
corpus:state-of-the-union/Lincoln,Obama), the four novels of the notebooks (corpus:four-novels), or - for standard input.`;

/** The options that say how texts are read. */
export function addTextOptions(command: Command): Command {
  return addOptionsFrom(command, ["lib/text/library.ts", "LibraryOptions"], { only: ["validation"] })
    .option("--column <name>", "the files are tables, CSV or JSONL: the column with the texts")
    .addOption(
      new Option(
        "--separator <text>",
        "the files hold short texts with this between them, e.g. \\n",
      ).argParser(unescaped),
    )
    .addOption(encodingOption())
    .addOption(
      new Option("--weights <numbers>", "how often each text is drawn, in their order, e.g. 1,2,1").argParser(
        numbers,
      ),
    )
    .option("--cache <folder>", "keeps what is downloaded (default: data/gutenberg and data/web)")
    .addOption(
      new Option(
        "--mirror <address>",
        "a mirror of Project Gutenberg, or a folder laid out like one",
      ).argParser(collected),
    );
}

/** How files are read. */
export function encodingOption(
  flag = "--encoding",
  what = "of files, addresses and standard input, e.g. koi8-r or macintosh (default: found out)",
): Option {
  return new Option(`${flag} <name>`, what).argParser((name) => {
    try {
      encodingNamed(name);
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message);
    }
    return name;
  });
}

/** What is held out, where it is a text of its own. */
export function validateOnOption(): Option {
  return new Option(
    "--validate-on <text>",
    "a text that is held out whole, instead of a share of the others; may be given several times",
  ).argParser(collected);
}

/** Whether a training reads its texts from disk. */
export function streamOption(): Option {
  return new Option(
    "--stream",
    "read the texts from disk meanwhile, for more than memory holds: files and folders",
  );
}

/**
 * Reads the library of a training, or opens it where it is to be read from disk, telling progress and notices.
 *
 * @throws UsageError where options do not fit the texts
 */
export function openToLearn(given: GivenTexts, options: TextOptions = {}): Promise<Library> {
  return given.stream ? openStreamed(given, options) : openLibrary(given, options);
}

/**
 * Reads the library, telling its progress and its notices.
 *
 * @throws UsageError where options do not fit the texts
 */
export async function openLibrary(given: GivenTexts, options: TextOptions = {}): Promise<TextLibrary> {
  const { cache, mirror, quiet } = options;
  const { validation = given.validateOn ? 0 : undefined } = given;
  const library = await TextLibrary.open(await sourcesOf(given), {
    ...(validation === undefined ? {} : { validation }),
    ...(cache === undefined ? {} : { cache }),
    ...(mirror === undefined ? {} : { mirrors: mirror }),
    ...(quiet ? {} : { onProgress: progressBar(process.stderr) }),
  });
  for (const notice of library.notices) say(notice);
  return library;
}

/** @throws UsageError where the texts are no whole files */
async function openStreamed(
  given: GivenTexts,
  { quiet }: Pick<TextOptions, "quiet">,
): Promise<StreamedLibrary> {
  const { validation = given.validateOn ? 0 : undefined } = given;
  const files = (await sourcesOf(given)).map((source): StreamedSource => {
    if (typeof source === "string" || "column" in source || "separator" in source || !isOnDisk(source))
      throw new UsageError(
        "Expected files or folders with --stream, whole ones, without --column or --separator.",
      );
    return source;
  });
  const library = await StreamedLibrary.open(files, {
    ...(validation === undefined ? {} : { validation }),
    ...(quiet ? {} : { onProgress: progressBar(process.stderr) }),
  });
  for (const notice of library.notices) say(notice);
  return library;
}

function isOnDisk(source: Source): source is StreamedSource {
  return typeof source !== "string" && ("file" in source || "folder" in source);
}

/**
 * The sources that texts mean.
 *
 * @throws UsageError where options do not fit the texts
 */
export async function sourcesOf(given: GivenTexts): Promise<Source[]> {
  const { texts, column, separator, encoding, validateOn = [] } = given;
  if (column !== undefined && separator !== undefined)
    throw new UsageError("Expected --column or --separator, got both.");
  const weights = [given.weights ?? []].flat();
  if (weights.length > 0 && weights.length !== texts.length)
    throw new UsageError(
      `Expected ${texts.length} numbers in --weights, one for each text, got ${weights.length}.`,
    );
  const groups = await Promise.all([
    ...texts.map((text, index) => described(text, { ...given, weight: weights[index] })),
    ...validateOn.map((text) => described(text, { ...given, heldOut: true })),
  ]);
  const sources = groups.flat();
  if (encoding !== undefined && !sources.some((source) => typeof source !== "string" && "encoding" in source))
    throw new UsageError("Expected files, addresses or standard input with --encoding, got none.");
  return sources;
}

/** The sources that one text means, with what else is said of them. */
async function described(
  text: string,
  {
    column,
    labels = [],
    separator,
    encoding,
    weight,
    heldOut,
  }: TextOptions & { weight?: number; heldOut?: boolean },
): Promise<Source[]> {
  const all = { ...(weight === undefined ? {} : { weight }), ...(heldOut ? { heldOut } : {}) };
  const cut = column !== undefined ? { column, labels } : separator !== undefined ? { separator } : undefined;
  const sources = await namedBy(text);
  return sources.map((source): Source => {
    const isRead = ["file", "folder", "url", "bytes", "gutenberg"].some((kind) => kind in source);
    const read = isRead && encoding !== undefined ? { encoding } : {};
    if (!cut) return { ...source, ...all, ...read };
    const kinds = column === undefined ? ["file", "folder", "url", "bytes"] : ["file", "url", "bytes"];
    if (kinds.some((kind) => kind in source)) return { ...source, ...all, ...read, ...cut } as Source;
    const option = column === undefined ? "--separator" : "--column";
    const files = column === undefined ? "files or folders" : "files";
    throw new UsageError(`Expected ${files}, addresses or standard input with ${option}, got ${text}.`);
  });
}

/** Where a text is, without more being said of it. */
type Place = Exclude<Source, string>;

async function namedBy(text: string): Promise<readonly Place[]> {
  const [, kind, name] = /^(gutenberg|corpus):(.*)$/.exec(text) ?? [];
  if (kind === "gutenberg") return [{ gutenberg: number(name) }];
  if (kind === "corpus") return corpus(name);
  if (text === "-") return [{ bytes: await buffer(process.stdin), name: "Standard input" }];
  if (/^https?:\/\//i.test(text)) return [{ url: text }];
  return [(await isFolder(text)) ? { folder: text } : { file: text }];
}

function corpus(name: string): readonly Place[] {
  const [title, presidents] = name.split("/");
  if (title === "four-novels") return novels as readonly Place[];
  if (title === "moby-dick") return [{ corpus: title }];
  if (title === "state-of-the-union")
    return [{ corpus: title, ...(presidents ? { presidents: presidents.split(",") } : {}) }];
  throw new UsageError(
    `Expected corpus:moby-dick, corpus:state-of-the-union or corpus:four-novels, got corpus:${name}.`,
  );
}
