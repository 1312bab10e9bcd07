/** Whether a checkpoint fits what is here: its vocabulary and its texts, which are known by their hashes. */
import { createHash, type Hash } from "node:crypto";
import type { Library } from "../../text/library";
import type { Stored } from "../../text/stored";
import { MARK, type Vocabulary } from "../../text/tokens/vocabulary";

/** By which a text is known again. */
export interface Fingerprint {
  readonly title: string;
  readonly source: string;
  readonly sha256: string;
}

/** One for each text; the short texts of a source have one together. */
export function fingerprints(library: Library): Fingerprint[] {
  const groups: { title: string; source: string; short?: boolean; stored?: Stored; hash: Hash }[] = [];
  for (const text of library.texts) {
    const { title, source, short, stored } = text;
    const last = groups[groups.length - 1];
    const goesOn = short && last?.short && last.source === source;
    const group = goesOn ? last : { title, source, short, stored, hash: createHash("sha256") };
    if (!goesOn) groups.push(group);
    if (!stored) group.hash.update(short ? text.content + MARK : text.content);
  }
  return groups.map(({ title, source, stored, hash }) => ({
    title,
    source,
    sha256: stored?.sha256 ?? hash.digest("hex"),
  }));
}

/** Where nothing is here, anything fits. */
export function vocabularyDifferences(there: Vocabulary, here: Vocabulary | undefined): string[] {
  if (!here) return [];
  const { onlyHere, onlyThere } = here.difference(there);
  if (here.level !== there.level) return unknownTokens(there, here);
  const told = (where: string, tokens: string[]) =>
    tokens.length ? [`the vocabulary ${where} also has ${quoted(tokens)}`] : [];
  return [...told("here", onlyHere), ...told("there", onlyThere)];
}

/** The tokens here that the network there does not know. */
export function unknownTokens(there: Vocabulary, here: Vocabulary): string[] {
  if (here.level !== there.level)
    return [`the vocabulary here is one of ${here.level}, there of ${there.level}`];
  const lacking = there.lacks(here);
  return lacking.length ? [`the vocabulary here also has ${quoted(lacking)}`] : [];
}

/** The first of some tokens, and how many more there are. */
function quoted(tokens: readonly string[]): string {
  const named = tokens.slice(0, 100).map((token) => JSON.stringify(token));
  return [
    ...named,
    ...(tokens.length > named.length ? [`and ${tokens.length - named.length} more`] : []),
  ].join(" ");
}

/** Texts that were read there and are not here, and the other way round, and whether they come in another order. */
export function textDifferences(texts: readonly Fingerprint[], library: Library): string[] {
  const here = fingerprints(library);
  const known = (list: readonly Fingerprint[], text: Fingerprint) =>
    list.some(({ sha256 }) => sha256 === text.sha256);
  const more = here
    .filter((text) => !known(texts, text))
    .map(({ title }) => `"${title}" was not read there, or has changed`);
  const less = texts
    .filter((text) => !known(here, text))
    .map(({ title }) => `"${title}" was read there and is not here`);
  const reordered = here.some(({ sha256 }, index) => sha256 !== texts[index].sha256);
  return more.length || less.length || !reordered ? [...more, ...less] : ["the texts come in another order"];
}

/** @throws where there is a reason, with all of them */
export function refuse(checkpoint: string, reasons: readonly string[]): void {
  if (reasons.length === 0) return;
  throw new Error(`${checkpoint} does not fit: ${reasons.join("; ")}. Change that, or start a new training.`);
}
