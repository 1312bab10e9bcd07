import assert from "node:assert/strict";
import { encodingNamed, labelOf, nameOf } from "../../../lib/text/encoding/names";

describe("encodingNamed", () => {
  it("knows encodings by the names of programs and of people", () => {
    const names = {
      "UTF-8": "utf-8",
      utf8: "utf-8",
      "utf-8-sig": "utf-8",
      "utf-16-be": "utf-16be",
      UTF16: "utf-16le",
      "utf-32": "utf-32le",
      "latin-1": "windows-1252",
      latin1: "windows-1252",
      "ISO 8859-2": "iso-8859-2",
      "iso8859-15": "iso-8859-15",
      "CP-1252": "windows-1252",
      cp1251: "windows-1251",
      win1251: "windows-1251",
      windows1250: "windows-1250",
      "KOI8-R": "koi8-r",
      KOI8R: "koi8-r",
      latin9: "iso-8859-15",
      eucJP: "euc-jp",
      tis620: "windows-874",
      MacRoman: "macintosh",
      mac_roman: "macintosh",
      Shift_JIS: "shift_jis",
      "shift-jis": "shift_jis",
      cp932: "shift_jis",
      cp949: "euc-kr",
      cp866: "ibm866",
      Big5: "big5",
    };
    for (const [name, label] of Object.entries(names)) assert.equal(encodingNamed(name), label, name);
  });

  it("says what it could be, and the way out", () => {
    for (const name of ["klingon", "cp437", "", 7 as never])
      assert.throws(
        () => encodingNamed(name),
        (error: Error) => {
          assert.ok(
            error.message.startsWith('Expected `encoding` to be a name such as "utf-8"'),
            error.message,
          );
          assert.ok(
            error.message.includes(`got ${JSON.stringify(name)}. `) && error.message.includes("iconv"),
          );
          return true;
        },
      );
  });

  it("tells names that it takes", () => {
    for (const label of [
      "utf-8",
      "windows-1252",
      "koi8-r",
      "macintosh",
      "shift_jis",
      "iso-8859-2",
      "utf-16le",
    ])
      assert.equal(labelOf(nameOf(label)), label);
    assert.equal(nameOf("windows-1252"), "Windows-1252");
  });
});
