/** What a document says of itself beside its words: its title, and who wrote it. */
import { Refused } from "./refuse";
import { walk } from "./xml/xml";
import { xmlText } from "./xml/xml-text";
import type { Zip } from "./zip";

export interface Front {
  readonly title?: string;
  readonly author?: string;
}

/** Titles that a program gives where nobody has given one, and the programs themselves. */
const nobodys =
  /^(?:untitled|unbenannt|sans titre|unknown|(?:word )?document ?\d*|dokument ?\d*|microsoft word - .*|python-docx|calibre.*|[^ ]+\.(?:docx?|odt|rtf|pdf|dvi|tex|indd|txt))$/i;

/** Characters of a title: what is longer is none. */
const longest = 200;

/**
 * The title and the authors in a file of a document (Dublin Core, as Word, LibreOffice and EPUB have it); nothing of
 * one that has no such file or says nothing.
 *
 * @example frontOf(zip, "docProps/core.xml") // { title: "Collected Letters", author: "Ada Byron" }
 */
export function frontOf(zip: Zip, file: string): Front {
  try {
    return zip.has(file) ? frontIn(xmlText(zip.read(file))) : {};
  } catch (error) {
    if (error instanceof Refused) return {}; // Its words may be whole all the same.
    throw error;
  }
}

function frontIn(xml: string): Front {
  const found: Record<"title" | "creator" | "initial-creator", string[]> = {
    title: [],
    creator: [],
    "initial-creator": [],
  };
  let words: string[] | undefined;
  walk(xml, {
    open({ name }) {
      words = Object.hasOwn(found, name) ? found[name as keyof typeof found] : undefined;
      words?.push("");
    },
    text(text) {
      if (words) words[words.length - 1] += text;
    },
    close() {
      words = undefined;
    },
  });
  const { title: titles, creator, "initial-creator": first } = found;
  return frontOfSaid({ titles, authors: first.length > 0 ? first : creator });
}

/**
 * The front of a document that says this of itself.
 *
 * @example frontOfSaid({ titles: ["Untitled"], authors: [" Ada  Byron "] }) // { author: "Ada Byron" }
 */
export function frontOfSaid({
  titles,
  authors,
}: {
  readonly titles: readonly string[];
  readonly authors: readonly string[];
}): Front {
  const [title] = said(titles);
  const author = [...new Set(said(authors))].join(", ");
  return { ...(title && { title }), ...(author && { author }) };
}

/** What somebody has said, in one line each. */
function said(values: readonly string[]): string[] {
  return values
    .map((value) => value.replace(/\s+/g, " ").trim())
    .filter((value) => value !== "" && value.length <= longest && !nobodys.test(value));
}
