/**
 * The words of an EPUB (W3C EPUB 3.3; IDPF EPUB 2): the chapters in the order of its spine, each XHTML. Left out are notes, pages
 * of navigation, and pages beside the main text (`linear="no"`).
 */
import type { Words } from "./docx";
import { frontOf } from "./front";
import { Aside } from "./left-out";
import { Refused } from "./refuse";
import { walk } from "./xml/xml";
import { wordsOfPage } from "./xml/xhtml";
import { xmlText } from "./xml/xml-text";
import type { Zip } from "./zip";

interface Item {
  readonly file: string;
  readonly type: string;
  readonly isNavigation: boolean;
}

/** @throws Refused where it is damaged, or protected against copying */
export function readEpub(zip: Zip): Words {
  const aside = new Aside();
  const locked = lockedIn(zip);
  const chapters: string[] = [];
  let [marks, notes] = [0, 0];
  for (const { file, type } of spineOf(zip, aside)) {
    if (!/html|xml|^$/.test(type) || /svg/.test(type)) continue;
    if (locked.has(file)) throw new Refused("drm");
    const page = wordsOfPage(xmlText(zip.read(file)), aside);
    if (page.words !== "") chapters.push(page.words);
    [marks, notes] = [marks + page.marks, notes + page.notes];
  }
  if (marks + notes > 0) aside.add("note", marks || notes);
  const content = chapters.map((words) => `${words}\n`).join("\n\n");
  return { content, aside, front: frontOf(zip, packageOf(zip)) };
}

/** The chapters in their order. */
function spineOf(zip: Zip, aside: Aside): Item[] {
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
function packageOf(zip: Zip): string {
  let file: string | undefined;
  walk(xmlText(zip.read("META-INF/container.xml")), {
    open(tag) {
      if (tag.name === "rootfile") file ??= tag.attribute("full-path");
    },
  });
  if (file === undefined) throw new Refused("damaged");
  return file;
}

/** Files that are encrypted: fonts in honest books, chapters in those that are protected. */
function lockedIn(zip: Zip): Set<string> {
  const locked = new Set<string>();
  if (!zip.has("META-INF/encryption.xml")) return locked;
  walk(xmlText(zip.read("META-INF/encryption.xml")), {
    open(tag) {
      const file = tag.name === "CipherReference" ? tag.attribute("URI") : undefined;
      if (file !== undefined) locked.add(inFolderOf("", file));
    },
  });
  return locked;
}

/** A relative address as the name of a file in the archive, e.g. ("OPS/book.opf", "../a%20b.xhtml") -> "a b.xhtml". */
function inFolderOf(file: string, address: string): string {
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
