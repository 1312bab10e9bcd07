/** The kernel as JupyterLite sees it: its name, how one is started, and how it hears of an interrupt. */
import type { App, KernelClient, KernelSpecs, Services } from "./jupyterlite";
import { Files } from "./files";
import { kernelOf, type Kernel } from "./kernel";
import { Started } from "./started";

/**
 * @param services the site's own copy of @jupyterlite/services
 * @param address of the script that loads this, beside which the worker's lies
 */
export function pluginsOf(services: Services, address: string) {
  const kernels = new Map<string, Kernel>();
  const KernelHere = kernelOf(services);
  const start = () => new Started(new URL("begin.js", address).href);
  // Where a notebook is opened, its kernel starts beside JupyterLab and not after it.
  let spare = location.pathname.includes("/tree/") ? undefined : start();
  return [
    {
      id: "palimpsest-site:kernel",
      autoStart: true,
      requires: [services.IKernelSpecs],
      activate(app: App, specs: KernelSpecs) {
        const files = new Files(app.serviceManager.contents);
        specs.register({
          spec: {
            name: "tslab",
            display_name: "TypeScript (tslab)",
            language: "typescript",
            argv: [],
            resources: {},
          },
          async create(options) {
            const kernel = new KernelHere(options, spare ?? start(), files);
            spare = undefined;
            kernels.set(options.id, kernel);
            kernel.disposed.connect(() => kernels.get(options.id) === kernel && kernels.delete(options.id));
            return kernel;
          },
        });
      },
    },
    {
      // JupyterLite tells a kernel nothing of an interrupt: it only drops the cells that wait. So it is told here.
      id: "palimpsest-site:interrupt",
      autoStart: true,
      requires: [services.IKernelClient],
      activate(_app: App, client: KernelClient) {
        const before = client.interrupt.bind(client);
        client.interrupt = async (id) => {
          kernels.get(id)?.interrupt();
          await before(id);
        };
      },
    },
  ];
}
