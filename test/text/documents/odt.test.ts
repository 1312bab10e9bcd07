import assert from "node:assert/strict";
import { readBytes } from "../../../lib/text/encoding/decode";
import { odtOf } from "./made";

const read = (text: string, more?: Record<string, string>) => readBytes(odtOf(text, more), "a.odt");

describe("an OpenDocument text", () => {
  it("is its headings and paragraphs; white space is one space, and what stands for spaces, tabs and breaks is that", async () => {
    const { content, notices } = await read(
      "<text:h>One</text:h>\n<text:p>  Two \n <text:span>three</text:span> four<text:line-break/>five<text:tab/>six<text:s text:c='3'/>seven\u00a0—</text:p>" +
        "<text:list><text:list-item><text:p>eight</text:p></text:list-item></text:list>",
    );
    assert.equal(content, "One\n\nTwo three four\nfive\tsix   seven\u00a0—\n\neight\n");
    assert.deepEqual(notices, []);
  });

  it("leaves out notes, comments, tracked deletions, hidden text, heads and feet, and keeps boxes", async () => {
    const { content, notices } = await read(
      "<text:tracked-changes><text:changed-region><text:deletion><office:change-info/><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>" +
        "<text:p>Kept<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p></text:note-body></text:note>" +
        "<office:annotation><text:p>comment</text:p></office:annotation><text:hidden-text>no</text:hidden-text>" +
        '<text:span text:style-name="T1">no</text:span>, and<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame> more</text:p>' +
        '<text:section text:display="none"><text:p>no</text:p></text:section>',
      {
        styles:
          '<office:automatic-styles><style:style style:name="T1"><style:text-properties text:display="none"/></style:style></office:automatic-styles>',
        "styles.xml":
          "<office:document-styles><style:header><text:p>Head</text:p></style:header></office:document-styles>",
      },
    );
    assert.equal(content, "Kept, and more\n\nboxed\n");
    assert.deepEqual(notices, [
      "1 tracked deletion, 1 note, 1 comment, 3 pieces of hidden text in a.odt were left out",
    ]);
  });

  it("that is protected by a password is refused, with the steps", () =>
    assert.rejects(
      read("<text:p>x</text:p>", {
        "META-INF/manifest.xml":
          "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>",
      }),
      /^Error: Expected a text in a\.odt, found a document that is protected by a password\..* in LibreOffice: File > Save As without/,
    ));
});
