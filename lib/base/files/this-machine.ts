/** The name of this machine, or of the container whose processes have numbers of their own. */
import { createHash } from "node:crypto";
import { readlinkSync } from "node:fs";
import { hostname } from "node:os";

let machine: string | undefined;

export function thisMachine(): string {
  machine ??= createHash("sha256").update(`${hostname()} ${processSpace()}`).digest("hex").slice(0, 8);
  return machine;
}

/** Containers number their processes each from 1 on, and may share a name. */
function processSpace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}
