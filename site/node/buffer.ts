/** `node:buffer` in a worker. */
export * from "../../web/node/buffer";
export { Buffer } from "@jspm/core/nodelibs/buffer";
