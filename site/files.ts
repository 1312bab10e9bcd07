/** Where large files of the site lie on the worker's disk, from the project's root. */
export const mobyDickFile = "corpora/moby-dick.json";
export const addressesFile = "corpora/state-of-the-union.json";
export const pretrainedFile = "pretrained/poet.palimpsest";
/** What an exported page is made of (`web/export.ts`). */
export const pageScriptFile = "web/page.js";
export const workerScriptFile = "web/worker.js";
