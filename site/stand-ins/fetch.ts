/** Stands for `lib/text/sources/fetch.ts` in the browser: the site asks for nothing outside itself. */
import { UnreachableError } from "../../lib/text/sources/fetch";

export { DownloadError, NotFoundError, UnreachableError } from "../../lib/text/sources/fetch";

export async function download(url: string): Promise<never> {
  const reason = "the notebooks of this site ask for nothing outside it";
  throw new UnreachableError(
    `${url} is not downloaded: ${reason}. Download it yourself, drop it into the file browser, and name it as { file: "…" }.`,
    { reason },
  );
}
