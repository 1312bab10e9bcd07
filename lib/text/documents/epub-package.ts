/** The file of an EPUB that lists all others, and the chapters in the order that it gives (W3C EPUB 3.3, section 5). */
import { Aside } from "./left-out";
import { Refused } from "./refuse";
import { walk } from "./xml/xml";
import { xmlText } from "./xml/xml-text";
import type { Zip } from "./zip";

interface Item {
  readonly file: string;
  readonly type: string;
  readonly isNavigation: boolean;
}

/** The chapters in their order. */
export function spineOf(zip: Zip, aside: Aside): Item[] {
  const file = packageOf(zip);
  const items = new Map<string, Item>();
  const spine: Item[] = [];
  walk(xmlText(zip.read(file)), {
    open(tag) {
      const [id, href, idref] = ["id", "href", "idref"].map((name) => tag.attribute(name));
      if (tag.name === "item" && id !== undefined && href !== undefined)
        items.set(id, {
          file: inFolderOf(file, href),
          type: tag.attribute("media-type") ?? "",
          isNavigation: /(?:^|\s)nav(?:\s|$)/.test(tag.attribute("properties") ?? ""),
        });
      if (tag.name !== "itemref") return;
      const item = items.get(idref ?? "");
      if (!item) return;
      if (item.isNavigation) aside.add("navigation page");
      else if (tag.attribute("linear") === "no") aside.add("page beside the main text");
      else spine.push(item);
    },
  });
  if (spine.length === 0) throw new Refused("damaged");
  return spine;
}

/** The file that lists all others. */
export function packageOf(zip: Zip): string {
  let file: string | undefined;
  walk(xmlText(zip.read("META-INF/container.xml")), {
    open(tag) {
      if (tag.name === "rootfile") file ??= tag.attribute("full-path");
    },
  });
  if (file === undefined) throw new Refused("damaged");
  return file;
}

/** A relative address as the name of a file in the archive, e.g. ("OPS/book.opf", "../a%20b.xhtml") -> "a b.xhtml". */
export function inFolderOf(file: string, address: string): string {
  const path = file.split("/").slice(0, -1);
  for (const step of address.replace(/#.*$/, "").split("/")) {
    if (step === "..") path.pop();
    else if (step !== "." && step !== "") path.push(unescaped(step));
  }
  return path.join("/");
}

function unescaped(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
