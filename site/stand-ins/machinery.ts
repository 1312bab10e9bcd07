/**
 * Stands for `setup/kernel/messages/machinery.ts` in the browser, where kernel and library are one script, as
 * `kernel/begin.ts` names it.
 */
export function isMachinery(file: string): boolean {
  return file === "" || file.endsWith("palimpsest-kernel.js");
}
