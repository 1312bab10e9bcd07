/**
 * The words of an EPUB (W3C EPUB 3.3; IDPF EPUB 2): the chapters in the order of its spine, each XHTML. Left out are notes, pages
 * of navigation, and pages beside the main text (`linear="no"`).
 */
import type { Words } from "./docx";
import { inFolderOf, packageOf, spineOf } from "./epub-package";
import { frontOf } from "./front";
import { Aside } from "./left-out";
import { Refused } from "./refuse";
import { walk } from "./xml/xml";
import { wordsOfPage } from "./xml/xhtml";
import { xmlText } from "./xml/xml-text";
import type { Zip } from "./zip";

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
