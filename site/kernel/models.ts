/** Files as Jupyter's storage holds them, and as bytes. */
import type { ContentsModel } from "./jupyterlite";

/** The bytes of a file. */
export function bytesOf({ content, format }: Pick<ContentsModel, "content" | "format">): Uint8Array {
  if (format === "base64")
    return Uint8Array.from(atob(String(content ?? "")), (letter) => letter.charCodeAt(0));
  const text = format === "json" ? JSON.stringify(content) : String(content ?? "");
  return new TextEncoder().encode(text);
}

/** What the storage keeps of a file's bytes: a text where it is one, for the front end's editors. */
export function modelOf(path: string, bytes: Uint8Array): object {
  const text = textOf(bytes);
  return text === undefined
    ? { path, type: "file", format: "base64", content: base64Of(bytes) }
    : { path, type: "file", format: "text", content: text };
}

function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** In pieces, as a function takes only so many arguments. */
function base64Of(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += piece)
    binary += String.fromCharCode(...bytes.subarray(at, at + piece));
  return btoa(binary);
}

const piece = 2 ** 15;
