/** What Jupyter has to know of the kernel. Where it is written is set-up's matter. */
import path from "node:path";

/** The kernel's name, as notebooks hold it: the folder `share/jupyter/kernels/<name>` of an environment. */
export const kernelName = "tslab";

/**
 * The content of `kernel.json`. It holds absolute paths, so it is written anew where the project has moved.
 *
 * @example writeFileSync(path.join(folder, "kernel.json"), JSON.stringify(kernelspec(), null, 2))
 */
export function kernelspec() {
  return {
    argv: [
      process.execPath,
      "--no-force-async-hooks-checks",
      path.join(__dirname, "launch.cjs"),
      "{connection_file}",
    ],
    display_name: "TypeScript (tslab)",
    language: "typescript",
    interrupt_mode: "signal",
    metadata: { debugger: false },
  };
}
