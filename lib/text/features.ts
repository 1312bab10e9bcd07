/** What a reader of a text knows at each of its characters: where a line, a word, a speech began. A network may know it too. */

/** Of a text, a number for each of its UTF-16 units: what is known when that one was read. */
export type Feature = (text: string) => Float32Array;

/** 1 between quotation marks, the opening one counted, else 0. */
export const insideQuotes: Feature = (text) => {
  let open = "";
  return each(text, (character, at) => {
    const [before, after] = [text[at - 1] ?? "\n", text[at + 1] ?? "\n"];
    if (open === "") open = opens(character, before, after) ? closing[character] : "";
    else if (character === open && closes(character, before, after)) open = "";
    // A speech of several paragraphs has an opening mark at each and a closing one at the last only.
    else if (character === "\n" && after === "\n") open = "";
    return open === "" ? 0 : 1;
  });
};

/** 1 in paragraphs that begin with a quotation mark, from that mark on, else 0; one begins after an empty line. */
export const dialogue: Feature = (text) => {
  let speaks = false;
  let begins = true;
  return each(text, (character, at) => {
    if (character === "\n" && (text[at - 1] ?? "\n") === "\n") {
      begins = true;
      speaks = false;
    } else if (begins && /\S/.test(character)) {
      speaks = opens(character, "\n", text[at + 1] ?? "\n");
      begins = false;
    }
    return speaks ? 1 : 0;
  });
};

/** How many characters the line has so far; 0 at its end. */
export const positionInLine: Feature = (text) => since(text, (character) => character === "\n");

/** How many characters were read since a sentence ended: `.`, `!` or `?` before white space or a quotation mark. */
export const positionInSentence: Feature = (text) =>
  since(text, (character, at) => /[.!?]/.test(character) && /[\s"'’”]/.test(text[at + 1] ?? "\n"));

/** Which letter of its word it is, from 1; 0 outside words. */
export const positionInWord: Feature = (text) => since(text, (character) => !letter.test(character));

/** 1 at the first letter of a word, else 0. */
export const wordStart: Feature = (text) => {
  const position = positionInWord(text);
  return position.map((place) => (place === 1 ? 1 : 0));
};

/** 1 at an upper-case letter, else 0. */
export const upperCase: Feature = (text) => each(text, (character) => (/\p{Lu}/u.test(character) ? 1 : 0));

/** 1 at a vowel of the Latin alphabet, else 0. */
export const vowel: Feature = (text) => each(text, (character) => (/[aeiou]/i.test(character) ? 1 : 0));

/** All of them, by name. */
export const features: Readonly<Record<string, Feature>> = {
  "inside quotes": insideQuotes,
  dialogue: dialogue,
  "position in line": positionInLine,
  "position in sentence": positionInSentence,
  "position in word": positionInWord,
  "word start": wordStart,
  "upper case": upperCase,
  vowel: vowel,
};

const letter = /[\p{L}\p{M}'’]/u;
const closing: Readonly<Record<string, string>> = { '"': '"', "'": "'", "“": "”", "‘": "’" };

/** A mark that has the same form on both sides opens where no word is before it and one comes: 'Tis counts as one. */
function opens(character: string, before: string, after: string): boolean {
  return character in closing && !/[\p{L}\p{N}]/u.test(before) && /\S/.test(after);
}

/** An apostrophe stands after a letter: a single mark closes only after other signs. */
function closes(character: string, before: string, after: string): boolean {
  return !/['’]/.test(character) || (/[^\p{L}\s]/u.test(before) && !/\p{L}/u.test(after));
}

function each(text: string, value: (character: string, at: number) => number): Float32Array {
  return Float32Array.from({ length: text.length }, (_, at) => value(text[at], at));
}

/** How many characters were read since one that ends something; 0 at that one. */
function since(text: string, ends: (character: string, at: number) => boolean): Float32Array {
  let count = 0;
  return each(text, (character, at) => (count = ends(character, at) ? 0 : count + 1));
}
