/** Whether there is a file or a folder of a name. */
import { stat } from "node:fs/promises";

export async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
