/** The browser of the tests, and where pictures of it are left. */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { chromium, type Browser } from "playwright-core";

/** Where the pictures are left, to be looked at. */
export const pictures = path.resolve(__dirname, "../../../.cache/screenshots");

/** Where Chromium is; undefined where there is none. */
export function chromiumPath(): string | undefined {
  const places = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/chromium-browser"];
  return places.find((place) => place && existsSync(place));
}

/** Starts Chromium, or skips the suite where there is none. Whoever calls closes it. */
export async function startChromium(context: Mocha.Context): Promise<Browser> {
  const executablePath = chromiumPath();
  if (!executablePath) context.skip();
  await mkdir(pictures, { recursive: true });
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}
