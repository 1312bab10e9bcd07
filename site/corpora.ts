/** Where the bundled texts lie on the worker's disk, from the project's root. */
export const mobyDickFile = "corpora/moby-dick.json";
export const addressesFile = "corpora/state-of-the-union.json";
