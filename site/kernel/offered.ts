/** The modules of Node.js and the packages that cells and the library ask for by name while they run. */
import * as plot from "@observablehq/plot";
import * as linkedom from "linkedom";
import * as protobuf from "protobufjs";
import * as buffer from "node:buffer";
import * as crypto from "node:crypto";
import * as events from "node:events";
import * as fs from "node:fs";
import * as promises from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import * as performance from "node:perf_hooks";
import * as process from "./process";
import * as timers from "node:timers/promises";
import * as url from "node:url";
import * as util from "node:util";

const modules = {
  "@observablehq/plot": plot,
  linkedom,
  protobufjs: protobuf,
  "node:buffer": buffer,
  "node:crypto": crypto,
  "node:events": events,
  "node:fs": fs,
  "node:fs/promises": promises,
  "node:os": os,
  "node:path": path,
  "node:perf_hooks": performance,
  "node:process": process,
  "node:timers/promises": timers,
  "node:url": url,
  "node:util": util,
};

export const offered = Object.fromEntries(Object.entries(modules).map(([name, each]) => [name, () => each]));
