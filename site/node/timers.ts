/** `node:timers/promises` in a worker. */
export { setImmediate } from "../../web/node/timers";
export { setTimeout } from "./set-timeout";
