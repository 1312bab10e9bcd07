/** `palimpsest texts`: books of Project Gutenberg, found and fetched. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { Catalogue, downloadBooks, readBook } from "../../lib/text";
import { writeWhole } from "../../lib/base/files/atomic-write";
import { progressBar } from "../../lib/show/progress-bar";
import { table } from "../lines";
import { addOptionsFrom, collected, number } from "../options/options";
import { print, printJson, say } from "../output";

interface CacheOptions {
  readonly cache?: string;
  readonly mirror?: readonly string[];
}

const query = ["lib/text/sources/gutenberg/search.ts", "Query"] as const;

export function textsCommand(): Command {
  return new Command("texts")
    .description("find and fetch books of Project Gutenberg")
    .addCommand(searchCommand())
    .addCommand(getCommand());
}

function searchCommand(): Command {
  const command = new Command("search")
    .description("find books by words of author, title or subject; the best first")
    .argument("[words...]", "words of the author, the title or a subject");
  return addCacheOptions(addOptionsFrom(command, query, { without: ["words"] }))
    .option("--limit <number>", "books at most", number, 20)
    .option("--maximum-age <days>", "days after which the catalogue is fetched anew (default: 7)", number)
    .option("--json", "as one JSON document")
    .addHelpText(
      "after",
      "\nExamples:\n  palimpsest texts search bronte wuthering\n  palimpsest texts search --author kant --language German --limit 5",
    )
    .action(search);
}

function getCommand(): Command {
  return addCacheOptions(
    new Command("get")
      .description("fetch books by their numbers; prints where each is kept")
      .argument("<numbers...>", "numbers of books, as texts search tells them", numbersOfBooks),
  )
    .option("--output <folder>", "write the words alone there, without licence and notes; - prints them")
    .option("--json", "as one JSON document")
    .addHelpText(
      "after",
      "\nExamples:\n  palimpsest texts get 158 1342\n  palimpsest texts get 158 --output - | palimpsest train -",
    )
    .action(get);
}

function addCacheOptions(command: Command): Command {
  return command
    .option("--cache <folder>", "keeps what is downloaded (default: data/gutenberg)")
    .option("--mirror <address>", "a mirror of Project Gutenberg, or a folder laid out like one", collected);
}

async function search(
  words: readonly string[],
  {
    limit,
    maximumAge,
    json,
    cache,
    mirror,
    ...fields
  }: CacheOptions & { limit: number; maximumAge?: number; json?: boolean; [field: string]: unknown },
): Promise<void> {
  const catalogue = await Catalogue.open({
    ...downloading({ cache, mirror }),
    ...(maximumAge === undefined ? {} : { maximumAge }),
  });
  if (catalogue.notice) say(catalogue.notice);
  const found = catalogue.search({ ...fields, words: words.join(" ") }, { limit });
  if (json) return printJson(found);
  if (found.length === 0) return say("No book answers that.");
  const rows = found.map(({ id, title, authors, languages }) => [
    String(id),
    title.replace(/\s+/g, " "),
    authors.join(", "),
    languages.join(", "),
  ]);
  await print(table(rows));
}

async function get(
  ids: readonly number[],
  { output, json, ...given }: CacheOptions & { output?: string; json?: boolean },
): Promise<void> {
  const notices: string[] = [];
  const files = await downloadBooks(ids, { ...downloading(given), notices });
  for (const notice of notices) say(notice);
  const books: Record<string, unknown>[] = [];
  for (const [index, file] of files.entries()) {
    const id = ids[index];
    const { title, author, content, notices } = await readBook(file);
    for (const notice of notices) say(`Book ${id}: ${notice}`);
    const written = output === undefined || output === "-" ? file : path.join(output, `${id}.txt`);
    if (written !== file) await writeWhole(written, (part) => writeFile(part, content));
    if (json)
      books.push({
        id,
        title,
        author,
        file: written,
        characters: [...content].length,
        ...(notices.length > 0 ? { notices } : {}),
      });
    else await print(output === "-" ? content : `${written}\n`);
  }
  if (json) await printJson(books);
}

function downloading({ cache, mirror }: CacheOptions) {
  return {
    onProgress: progressBar(process.stderr),
    ...(cache === undefined ? {} : { cache }),
    ...(mirror === undefined ? {} : { mirrors: mirror }),
  };
}

function numbersOfBooks(value: string, before: readonly number[] = []): number[] {
  const id = /^(?:gutenberg:)?(\d+)$/.exec(value)?.[1];
  if (id === undefined) throw new InvalidArgumentError("Expected the number of a book, as 1342.");
  return [...before, Number(id)];
}
