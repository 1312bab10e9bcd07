import assert from "node:assert/strict";
import { readBytes } from "../../../../lib/text/encoding/decode";

const read = (body: string) => readBytes(Buffer.from(`{\\rtf1\\ansi ${body}}`, "latin1"), "a.rtf");
const contentOf = async (body: string) => (await read(body)).content;

describe("Rich Text Format", () => {
  it("is its paragraphs with lines, tabs, dashes, quotes, and special spaces and hyphens", async () => {
    assert.deepEqual(
      await read(
        "{\\fonttbl{\\f0 Times;}}{\\info{\\title No}}\\pard One\\line\\tab two \\{x\\}\\par\r\nthree\\emdash four\\endash five\\~six to\\_day co\\-op \\lquote a\\rquote  \\ldblquote b\\rdblquote\\par}",
      ).catch((error: Error) => error.message),
      {
        content: "One\n\ttwo {x}\n\nthree—four–five\u00a0six to\u2011day co\u00adop ‘a’ “b”\n",
        notices: [],
        title: "No",
      },
    );
    assert.equal(
      await contentOf("{\\info{\\upr{\\title a}{\\*\\ud{\\title \\u233?}}}{\\doccomm b}}It was."),
      "It was.\n",
    );
  });

  it("reads characters in Unicode with what stands there for older programs, and in code pages", async () => {
    assert.equal(
      await contentOf(
        "caf\\'e9 \\'93q\\'94 \\u8212?x \\uc0\\u233 y {\\uc2\\u8212 --z} \\u-10179\\uc1\\u-9213?",
      ),
      "café “q” —x éy —z \u{1f403}\n",
    );
    assert.equal(
      await contentOf(
        "\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}{\\f2\\fcharset128 C;}{\\f3\\fcharset161 D;}}\\f0 \\'e9 \\f1 \\'cf\\'f0 \\f2 \\'93\\'fa \\f3 \\'e1\\plain  \\'e9",
      ),
      "é Пр 日 α é\n",
    );
    assert.equal(await contentOf("\\mac \\'8e\\'d1"), "é—\n");
    assert.equal(await contentOf("{\\upr{plain}{\\*\\ud{\\u8212?}}}"), "—\n");
  });

  it("leaves out notes, comments, deletions, hidden text, heads and pictures, and keeps boxes and results of fields", async () => {
    const { content, notices } = await read(
      "{\\header Head\\par}Kept{\\footnote note\\par}{\\*\\annotation comment}{\\deleted gone}{\\v unseen} {\\*\\unknown no}" +
        "{\\field{\\*\\fldinst HYPERLINK}{\\fldrslt link}}{\\pict\\bin3 }{}ffff}{\\listtext 1.\\tab}" +
        "{\\shp{\\*\\shpinst{\\sp{\\sn no}{\\sv no}}{\\shptxt boxed\\par}}{\\shprslt boxed}} more\\par\\intbl a\\cell b\\cell\\row",
    );
    assert.equal(content, "Kept link more\n\nboxed\n\na\n\nb\n");
    assert.deepEqual(notices, [
      "1 note, 1 comment, 1 tracked deletion, 1 piece of hidden text in a.rtf were left out",
    ]);
  });

  it("that breaks off is refused", () =>
    assert.rejects(
      readBytes(Buffer.from("{\\rtf1 It was a"), "a.rtf"),
      /^Error: Expected a text in a\.rtf, found a damaged document\. Take a fresh copy/,
    ));
});
