/** `npm run setup`: installs what is missing and opens nothing; tries again what could not be set up before. */
import { install } from "./install";

export async function main(projectRoot: string): Promise<number> {
  await install(projectRoot, { retry: true });
  console.log("Everything is set up. `npm start` opens JupyterLab.");
  return 0;
}
