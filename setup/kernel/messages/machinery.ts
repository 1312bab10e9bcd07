/** Which files are no part of what a cell's author has written or called. */
import path from "node:path";

const kernelFolder = path.dirname(__dirname);

/** Whether a file, as a stack trace names it, is one of Node's inner parts, tslab's or the kernel's. */
export function isMachinery(file: string): boolean {
  return file.startsWith("node:") || file.startsWith(kernelFolder) || file.includes("/node_modules/tslab/");
}
