/** Types of what the site bundles and whose packages bring none. */
declare module "@jspm/core/nodelibs/buffer" {
  export { Buffer } from "node:buffer";
}
