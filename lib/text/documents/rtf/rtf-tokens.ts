/** Rich Text Format cut into its tokens (Microsoft's RTF specification 1.9.1, "RTF Syntax"); what they mean is in `rtf.ts`. */

export type Token =
  | { readonly type: "open" }
  | { readonly type: "close" }
  /** A control word, as \par or \u8212, or a symbol, as \~; its number where it has one. */
  | { readonly type: "control"; readonly word: string; readonly number?: number }
  /** Characters as they stand: bytes of the document's encoding. */
  | { readonly type: "bytes"; readonly bytes: Uint8Array };

const [backslash, openBrace, closeBrace] = [0x5c, 0x7b, 0x7d];

export function* tokensOf(bytes: Uint8Array): Generator<Token, void, undefined> {
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at];
    if (byte === openBrace || byte === closeBrace) {
      at++;
      yield byte === openBrace ? { type: "open" } : { type: "close" };
    } else if (byte === backslash) {
      const control = controlAt(bytes, at + 1);
      at = control.end;
      if (control.word === "'") yield { type: "bytes", bytes: Uint8Array.of(control.number ?? 0x3f) };
      else if (control.word === "\\" || control.word === "{" || control.word === "}")
        yield { type: "bytes", bytes: Uint8Array.of(control.word.charCodeAt(0)) };
      else yield { type: "control", word: control.word, number: control.number };
      // What follows \bin is as many bytes of anything.
      if (control.word === "bin") at += Math.max(0, control.number ?? 0);
    } else {
      const start = at;
      while (at < bytes.length && !isSpecial(bytes[at])) at++;
      if (at > start) yield { type: "bytes", bytes: bytes.subarray(start, at) };
      else at++; // line ends and zeros mean nothing
    }
  }
}

function isSpecial(byte: number): boolean {
  return (
    byte === backslash ||
    byte === openBrace ||
    byte === closeBrace ||
    byte === 10 ||
    byte === 13 ||
    byte === 0
  );
}

/** @param at behind the backslash */
function controlAt(bytes: Uint8Array, at: number): { word: string; number?: number; end: number } {
  let end = at;
  while (end < bytes.length && isLetter(bytes[end])) end++;
  if (end === at) {
    const word = String.fromCharCode(bytes[at] ?? 0x20);
    if (word !== "'") return { word: word === "\r" || word === "\n" ? "par" : word, end: at + 1 };
    const number = parseInt(String.fromCharCode(...bytes.subarray(at + 1, at + 3)), 16);
    return { word, number: Number.isNaN(number) ? undefined : number, end: at + 3 };
  }
  const word = String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 40)));
  const from = end;
  if (bytes[end] === 0x2d) end++;
  while (end < bytes.length && end < from + 12 && isDigit(bytes[end])) end++;
  const number = parseInt(String.fromCharCode(...bytes.subarray(from, end)), 10);
  if (bytes[end] === 0x20) end++;
  return { word, number: Number.isNaN(number) ? undefined : number, end };
}

function isLetter(byte: number): boolean {
  return (byte | 32) >= 97 && (byte | 32) <= 122;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}
