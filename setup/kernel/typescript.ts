/** Gives tslab the TypeScript of `exchanged.ts`. To be imported before tslab. */
import "@tslab/typescript-for-tslab";
import { forgetOldest } from "./compiling/compiled-files";
import { exchanged } from "./exchanged";

// TypeScript's exports cannot be assigned to, but what `require` gives to tslab can.
const cached = require.cache[require.resolve("@tslab/typescript-for-tslab")];
if (!cached)
  throw new Error("Expected tslab's TypeScript to be loaded, so that its functions can be exchanged");
cached.exports = exchanged;

forgetOldest();
