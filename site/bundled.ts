/**
 * What a cell may import in the browser: the library's door, and of Node.js and the packages what was bundled with the
 * kernel.
 */
import { files } from "./disk/disk";

type Load = () => unknown;

const bundled = new Map<string, Load>();

/** Has cells find a module by a name. */
export function offer(modules: Readonly<Record<string, Load>>): void {
  for (const [name, load] of Object.entries(modules)) bundled.set(name, load);
}

/**
 * The module of a name, e.g. "./lib" or "node:path".
 *
 * @throws where it was not bundled
 */
export function requireBundled(name: string): unknown {
  const load =
    bundled.get(name) ?? bundled.get(`node:${name}`) ?? bundled.get(name.replace(/\/index(\.\w+)?$/, ""));
  if (load) return load();
  const known = [...bundled.keys()].filter((one) => !one.startsWith("node:"));
  throw new Error(
    name.startsWith(".") && files.existsSync(`${name}.d.ts`)
      ? `In the browser \`${name}\` cannot be imported by itself: import the names from "./lib"`
      : `Expected ${known.join(", ")} or a module of Node.js, got "${name}": the browser has no other packages`,
  );
}
