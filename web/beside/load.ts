/**
 * What stands beside the page in its folder. It comes as scripts (`pack.ts`), because nothing else may be loaded by a page that
 * was opened as a file.
 */

/** Those that were asked for, by their names. */
const awaited = new Map<string, (packed: string) => void>();

/** What such a script calls. */
Object.assign(globalThis, { palimpsest: (name: string, packed: string) => awaited.get(name)?.(packed) });

/**
 * @returns bytes, packed by gzip and in base64: see `unpack.ts`
 * @throws where it does not come, or is no such script
 */
export function load(name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    awaited.set(name, resolve);
    // Too late to matter where it has come.
    script.onload = () =>
      reject(new Error(`${name} is damaged: lay it anew into the page's folder on the server`));
    script.onerror = () => reject(new Error(`${name} did not come: is it in the page's folder?`));
    script.src = name;
    document.head.append(script);
  });
}
