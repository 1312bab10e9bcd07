/** Stands for `web/bundle.ts` in the browser: the scripts of a page as the site was built with them. */
import { readFile } from "node:fs/promises";
import { pageScriptFile, workerScriptFile } from "../files";

export const pageScript = (): Promise<string> => readFile(pageScriptFile, "utf8");
export const workerScript = (): Promise<string> => readFile(workerScriptFile, "utf8");
