/** `node:fs` in a worker: the disk in memory. */
import { files } from "../disk/disk";

export = files;
