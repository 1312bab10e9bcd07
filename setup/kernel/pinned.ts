/** The kernel builds on tslab's inner parts, which no version number promises to keep: so it runs on one version only. */
import { version } from "tslab/package.json";
import { dependencies } from "../../package.json";

if (version !== dependencies.tslab) {
  throw new Error(
    `Expected tslab ${dependencies.tslab}, as package.json pins it for the kernel, got ${version}: ` +
      "`npm ci` installs the pinned one",
  );
}
