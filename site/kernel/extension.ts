/**
 * What JupyterLite loads: a container with `init` and `get`, as webpack's module federation would write it. By hand it is this
 * little, and neither webpack nor JupyterLab's builder is needed.
 */
import type { Services } from "./jupyterlite";
import { pluginsOf } from "./plugins";

type Shared = Record<string, Record<string, { get(): Promise<() => unknown> }>>;

const name = "palimpsest-site";
const address = (document.currentScript as HTMLScriptElement).src;
let shared: Shared;

const containers = ((globalThis as unknown as Record<string, unknown>)._JUPYTERLAB ??= {}) as Record<
  string,
  unknown
>;
containers[name] = {
  init(scope: Shared) {
    shared = scope;
  },
  async get() {
    // The site's own copy: plugins find each other by token objects, so that a copy of our own would find nothing.
    const [version] = Object.values(shared["@jupyterlite/services"]);
    const services = (await version.get())() as Services;
    return () => ({ __esModule: true, default: pluginsOf(services, address) });
  },
};
