#!/usr/bin/env bash
# tsx 4.23.15: `__dirname` of a CommonJS file is "data:text" where a module of ECMAScript imports it
#
# Version: tsx 4.23.15 on Node.js 20. Source: npm package; seen by running the two files below.
# Expected: `__dirname` is the folder of the file, as `path.dirname(__filename)` is, and as it is where a CommonJS file
#   requires it.
# Seen: a file .mts that imports names from a file .ts of a package without "type": "module" gets it by a data: address.
#   `__filename` is then set to the file, `__dirname` is "data:text". Nothing says so until a path is opened.
# To live with it: `path.dirname(__filename)` in files that are imported so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund tsx@4.23.15
echo 'export const seen = [__dirname, __filename];' >common.ts
echo 'import { seen } from "./common"; console.log(seen.join("\n"));' >main.mts
npx tsx main.mts >told
cat told
{ read -r dirname; read -r filename; } <told
if [ "$dirname" = "data:text" ] && [ "$(basename "$filename")" = common.ts ]; then
  echo "Still so."
else
  echo "This has changed." && exit 1
fi
