/** The end of the kernel's process, which is the kernel's own: a cell that calls `process.exit` gets an error instead. */

/** What `process.exit` does where no kernel runs. */
export const endProcess: typeof process.exit = process.exit.bind(process);

/** From now on `process.exit` throws. */
export function refuseExit(): void {
  process.exit = () => {
    throw new Error(
      "`process.exit` would end the kernel, and all variables with it: " +
        "to stop a cell throw an error, to end the kernel use Jupyter's own menu",
    );
  };
}
