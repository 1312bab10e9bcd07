/**
 * What JupyterLite loads: a container with `init` and `get`, as webpack's module federation would write it. By hand it is this
 * little, and neither webpack nor JupyterLab's builder is needed.
 */
import { runsAtOnce } from "./at-once";
import type { NotebookParts, Services } from "./jupyterlite";
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
    const services = await ofSite<Services>("@jupyterlite/services");
    const plugins = pluginsOf(services, address);
    const notebook = await ofSite<NotebookParts>("@jupyterlab/notebook");
    return () => ({ __esModule: true, default: [...plugins, runsAtOnce(notebook)] });
  },
};

/** The site's own copy of a package: plugins find each other by token objects, so that a copy of our own would find nothing. */
async function ofSite<Package>(name: string): Promise<Package> {
  const [version] = Object.values(shared[name]);
  return (await version.get())() as Package;
}
