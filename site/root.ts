/** The project's folder on the disk that the worker has in memory: where a cell reads `data/mine.txt`, and `./lib` lies. */
export const root = "/palimpsest";
