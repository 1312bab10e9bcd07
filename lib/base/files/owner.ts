/** Which process something on disk belongs to, and whether that process still runs: for parts of files, and for locks. */
import { readFileSync } from "node:fs";
import { thisMachine } from "./this-machine";

/** A process, told from all others: also from a later one with its number, and from those of other machines. */
export interface Owner {
  /** Of the machine; within containers, of the one that numbers the processes. Eight hexadecimal digits. */
  readonly machine: string;
  readonly pid: number;
  /** When it began, as the system counts; "0" where the system does not say. */
  readonly start: string;
}

/** This process. */
export function thisProcess(): Owner {
  return { machine: thisMachine(), pid: process.pid, start: startOf(process.pid) ?? "0" };
}

/** "elsewhere" where it ran on another machine, of whose processes nothing is known here. */
export function stateOf({ machine, pid, start }: Owner): "running" | "ended" | "elsewhere" {
  if (machine !== thisMachine()) return "elsewhere";
  if (!runs(pid)) return "ended";
  const now = startOf(pid);
  return now === undefined || start === "0" || now === start ? "running" : "ended";
}

/** @example ownerName(thisProcess()) // "1b2c3d4e-4711-93841" */
export function ownerName({ machine, pid, start }: Owner): string {
  return `${machine}-${pid}-${start}`;
}

/** What `ownerName` gives, as a regular expression with a group for each of its three pieces. */
export const ownerPattern = "([0-9a-f]{8})-(\\d+)-(\\d+)";

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The 22nd number that Linux tells of a process (man 5 proc); the second, a name, may hold spaces and brackets. */
function startOf(pid: number): string | undefined {
  try {
    const told = readFileSync(`/proc/${pid}/stat`, "latin1");
    const [state, , , , , , , , , , , , , , , , , , , start] = told
      .slice(told.lastIndexOf(")") + 2)
      .split(" ");
    return state === "Z" ? "ended" : start;
  } catch {
    return undefined;
  }
}
