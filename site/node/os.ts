/** `node:os` in a worker: what a browser tells of the machine. */
export const EOL = "\n";
export const endianness = () => "LE";
export const hostname = () => "browser";
export const platform = () => "linux";
export const tmpdir = () => "/tmp";
export const homedir = () => "/";
export const availableParallelism = () => navigator.hardwareConcurrency;
export const cpus = () =>
  Array.from({ length: availableParallelism() }, () => ({ model: "of a browser", speed: 0 }));
export const totalmem = () => 0;
export default { EOL, endianness, hostname, platform, tmpdir, homedir, availableParallelism, cpus, totalmem };
