/** The cores that this process may use, as `../../native/machine/processors.cc` counts them for the native operations. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

let counted: number | undefined;

/**
 * Cores, not hardware threads: two threads of a core share its arithmetic, of which one alone uses nearly all. Of fast and slow
 * ones the fast ones. At least 1.
 */
export function usableCores(): number {
  counted ??= Math.max(1, count());
  return counted;
}

function count(): number {
  if (process.platform === "linux") return Math.min(allowedCores(), grantedCores());
  if (process.platform === "darwin") return fastCores();
  return availableParallelism();
}

/** Processors that share a core name each other in the same words, e.g. "0,32". */
function allowedCores(): number {
  const list = /^Cpus_allowed_list:\s*(.*)$/m.exec(textOf("/proc/self/status"))?.[1];
  if (!list) return availableParallelism();
  const cores = numbersIn(list).map((processor) => {
    const siblings = `/sys/devices/system/cpu/cpu${processor}/topology/thread_siblings_list`;
    return textOf(siblings).trim() || String(processor);
  });
  return new Set(cores).size;
}

/** "0-2,5" -> [0, 1, 2, 5] */
export function numbersIn(list: string): number[] {
  return list.split(",").flatMap((part) => {
    const [first, last = first] = part.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

/** What a container is given, e.g. 150000 microseconds of each 100000: 2 cores. */
function grantedCores(): number {
  const [quota, period] = textOf("/sys/fs/cgroup/cpu.max").split(/\s+/).map(Number);
  return quota > 0 && period > 0 ? Math.ceil(quota / period) : Infinity;
}

function fastCores(): number {
  for (const name of ["hw.perflevel0.physicalcpu", "hw.physicalcpu"]) {
    const answer = Number(spawnSync("sysctl", ["-n", name], { encoding: "utf8" }).stdout);
    if (answer > 0) return answer;
  }
  return availableParallelism();
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
