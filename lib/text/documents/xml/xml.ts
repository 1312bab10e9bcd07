/**
 * Goes through XML, and through the XHTML of books, tag by tag. A tree of elements, as linkedom builds one, takes 17 bytes of
 * memory for each byte and minutes where elements are nested by the hundred thousand.
 */
import { Refused } from "../refuse";
import { characterOf } from "./entities";

/** An element as it begins. */
export class Tag {
  /** Without its prefix: "p" for "w:p". */
  readonly name: string;

  constructor(
    fullName: string,
    private readonly rest: string,
  ) {
    this.name = fullName.slice(fullName.indexOf(":") + 1);
  }

  /** The value of an attribute, by its name without or with a prefix; undefined where there is none. */
  attribute(name: string): string | undefined {
    for (const [, full, quoted] of this.rest.matchAll(/\s([^\s=]+)\s*=\s*("[^"]*"|'[^']*')/g))
      if (full === name || (!name.includes(":") && full.slice(full.indexOf(":") + 1) === name))
        return decoded(quoted.slice(1, -1));
    return undefined;
  }
}

/** Elements within each other: a document has some dozens. */
const deepest = 10_000;

export interface Visitor {
  /** @returns false where nothing in the element is looked at, nor its end */
  open(tag: Tag): boolean | void;
  close?(name: string): void;
  text?(text: string): void;
}

/**
 * Tells a visitor of every element and every text, in their order. An element that nobody ends, as `<br>` in a careless
 * book, ends with the one around it.
 *
 * @throws Refused where a tag has no end
 */
export function walk(xml: string, visitor: Visitor): void {
  const open: string[] = [];
  /** How often each name is among the open ones. */
  const times = new Map<string, number>();
  /** The number of open elements outside of one that is not looked at. */
  let skipped = Infinity;
  const close = () => {
    const name = open.pop()!;
    times.set(name, times.get(name)! - 1);
    if (open.length < skipped) visitor.close?.(name);
    else if (open.length === skipped) skipped = Infinity;
  };
  for (const part of partsOf(xml)) {
    if (part.type === "text") {
      if (open.length <= skipped) visitor.text?.(part.text);
    } else if (part.type === "tag") {
      const { name } = part.tag;
      const isSeen = skipped === Infinity && visitor.open(part.tag) !== false;
      if (!isSeen && skipped === Infinity) skipped = open.length;
      if (open.push(name) > deepest) throw new Refused("damaged");
      times.set(name, (times.get(name) ?? 0) + 1);
      if (part.isEmpty) close();
    } else if ((times.get(part.name) ?? 0) > 0) {
      while (open[open.length - 1] !== part.name) close();
      close();
    }
  }
}

type Piece =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "tag"; readonly tag: Tag; readonly isEmpty: boolean }
  | { readonly type: "end"; readonly name: string };

function* partsOf(xml: string): Generator<Piece, void, undefined> {
  for (let at = 0; at < xml.length;) {
    const next = xml.indexOf("<", at);
    if (next !== at) yield { type: "text", text: decoded(next < 0 ? xml.slice(at) : xml.slice(at, next)) };
    if (next < 0) return;
    if (xml.startsWith("<![CDATA[", next)) {
      at = endOf("]]>", xml, next);
      yield { type: "text", text: xml.slice(next + 9, at - 3) };
    } else if (xml.startsWith("<!--", next)) at = endOf("-->", xml, next + 2);
    else if (xml[next + 1] === "?") at = endOf("?>", xml, next);
    else if (xml[next + 1] === "!") at = endOfDeclaration(xml, next);
    else {
      at = endOfTag(xml, next);
      const isEnd = xml[next + 1] === "/";
      const isEmpty = xml[at - 2] === "/";
      const inside = xml.slice(next + (isEnd ? 2 : 1), at - (isEmpty ? 2 : 1));
      const [name] = /^[^\s]*/.exec(inside) as RegExpExecArray;
      if (isEnd) yield { type: "end", name: name.slice(name.indexOf(":") + 1) };
      else yield { type: "tag", tag: new Tag(name, inside.slice(name.length)), isEmpty };
    }
  }
}

function endOf(mark: string, xml: string, from: number): number {
  const at = xml.indexOf(mark, from);
  if (at < 0) throw new Refused("damaged");
  return at + mark.length;
}

/** Behind a declaration of a type, and what it declares in brackets. */
function endOfDeclaration(xml: string, from: number): number {
  const end = endOf(">", xml, from);
  return xml.slice(from, end).includes("[") ? endOf(">", xml, endOf("]", xml, from)) : end;
}

/** Behind the ">" that is in no quotes. */
function endOfTag(xml: string, from: number): number {
  for (let at = from; at < xml.length; at++) {
    if (xml[at] === ">") return at + 1;
    if (xml[at] === '"' || xml[at] === "'") at = endOf(xml[at], xml, at + 1) - 1;
  }
  throw new Refused("damaged");
}

/** Words with characters in place of what stands for them; what stands for none stays as it is. */
function decoded(text: string): string {
  return text.includes("&")
    ? text.replace(/&(#?\w{1,32});/g, (all, name: string) => characterOf(name) ?? all)
    : text;
}
