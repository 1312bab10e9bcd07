/** Documents that are ZIP archives, told apart by the names and the kinds of what is in them. */
import { readDocx, type Words } from "./docx";
import { readEpub } from "./epub";
import { readOdt } from "./odt";
import { Refused } from "./refuse";
import { xmlText } from "./xml/xml-text";
import { Zip } from "./zip";

/** @throws Refused where it is none that is read */
export function readZip(bytes: Uint8Array): Words {
  const zip = new Zip(bytes);
  const type = zip.has("mimetype")
    ? new TextDecoder().decode(zip.read("mimetype").subarray(0, 200)).trim()
    : "";
  if (type === "application/epub+zip" || (type === "" && zip.has("META-INF/container.xml")))
    return readEpub(zip);
  if (/^application\/vnd\.oasis\.opendocument\.text(?:-template|-master|-web)?$/.test(type))
    return readOdt(zip);
  if (/opendocument\.spreadsheet/.test(type)) throw new Refused("sheet");
  if (/opendocument\.presentation/.test(type)) throw new Refused("slides");
  if (/opendocument/.test(type)) throw new Refused("drawing");
  const { names } = zip;
  if (zip.has("[Content_Types].xml")) {
    const types = xmlText(zip.read("[Content_Types].xml"));
    if (/(?:wordprocessingml|ms-word)[^"]*\.main\+xml/.test(types)) return readDocx(zip);
    if (/(?:spreadsheetml|ms-excel)[^"]*\.main\+xml/.test(types)) throw new Refused("sheet");
    throw new Refused(/presentationml|ms-powerpoint/.test(types) ? "slides" : "other");
  }
  if (names.some((name) => /(?:^|\/)Index(?:\.zip|\/.*\.iwa)$/.test(name))) throw new Refused("pages");
  throw new Refused("archive");
}
