import assert from "node:assert/strict";
import { readBytes } from "../../../lib/text/encoding/decode";
import { epubOf } from "./made";

const read = (...given: Parameters<typeof epubOf>) => readBytes(epubOf(...given), "a.epub");

describe("an EPUB", () => {
  it("is its chapters in the order of the spine, also by escaped addresses and in UTF-16", async () => {
    const utf16 = Buffer.from(
      "\ufeff<?xml version='1.0' encoding='UTF-16'?><html><body><p>Déjà</p></body></html>",
      "utf16le",
    );
    const { content, notices } = await read(
      { "a%20b%C3%A9.xhtml": "<h1>One</h1><p>First.</p>", "text/two.xhtml": utf16 },
      { spine: '<itemref idref="c1"/><itemref idref="c0"/>' },
    );
    assert.equal(content, "Déjà\n\n\nOne\n\nFirst.\n");
    assert.deepEqual(notices, []);
  });

  it("is laid out as a browser does it: paragraphs apart, verses in lines, stanzas apart", async () => {
    const { content } = await read({
      "a.xhtml":
        "<div class='poem'><div class='stanza'><div>O Rose,</div>\n<div>thou art sick!</div></div>" +
        "<div class='stanza'><span>The worm</span><br/>\n<span>that flies</span><br></div></div>" +
        "<p>Two\n  words&nbsp;and&mdash;&eacute;&#x2014;<i>so</i> on</p><p>\u00a0</p><ul><li>a</li><li>b</li></ul>" +
        "<pre>  x\n   y</pre><table><tr><td>1</td><td>2</td></tr></table><p><![CDATA[<raw>]]> end</p>",
    });
    assert.equal(
      content,
      "O Rose,\nthou art sick!\n\nThe worm\nthat flies\n\nTwo words\u00a0and—é—so on\n\na\nb\n\nx\n   y\n\n1\t2\n\n<raw> end\n",
    );
  });

  it("leaves out notes, navigation, hidden text and pages beside the main text, and counts them", async () => {
    const { content, notices } = await read(
      {
        "a.xhtml":
          "<p>Word<a epub:type='noteref'>1</a>s<sup><a role='doc-noteref'>2</a></sup>.</p><aside epub:type='footnote'><p>Note</p></aside>" +
          "<section role='doc-endnotes'><p>Notes</p></section><nav><p>Contents</p></nav><p hidden=''>no</p><script>no()</script>",
        "side.xhtml": "<p>Aside</p>",
      },
      {
        items: '<item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>',
        spine: '<itemref idref="n"/><itemref idref="c0"/><itemref idref="c1" linear="no"/>',
      },
    );
    assert.equal(content, "Words.\n");
    assert.deepEqual(notices, [
      "2 navigation pages, 1 page beside the main text, 1 piece of hidden text, 2 notes in a.epub were left out",
    ]);
  });

  it("with DRM is refused, and one with encrypted fonts is read", async () => {
    const locked = (file: string) => ({
      more: { "META-INF/encryption.xml": `<encryption><enc:CipherReference URI="${file}"/></encryption>` },
    });
    await assert.rejects(
      read({ "a.xhtml": "<p>x</p>" }, locked("OPS/a.xhtml")),
      /^Error: Expected a text in a\.epub, found a book that is protected against copying \(DRM\)\. Only the seller's own/,
    );
    assert.equal((await read({ "a.xhtml": "<p>x</p>" }, locked("OPS/font.otf"))).content, "x\n");
  });
});
