/** `node:child_process` in a worker, which cannot start programs. */
function refuse(): never {
  throw new Error(
    "A browser starts no other programs: this runs in JupyterLab only, see the project's README",
  );
}

export const [exec, execFile, fork, spawn, spawnSync] = Array.from({ length: 5 }, () => refuse);
export default { exec, execFile, fork, spawn, spawnSync };
