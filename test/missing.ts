/** What a machine may lack for some tests. */

/**
 * Skips a test, or all tests of a suite, and says why; where `PALIMPSEST_REQUIRE` names what is missing, or is "all", it is a
 * failure.
 *
 * @example try { … } catch (error) { skipWithout("tensorboard", error.message, this); }
 */
export function skipWithout(what: string, problem: string, context: Mocha.Context): never {
  const required = (process.env.PALIMPSEST_REQUIRE ?? "").split(",");
  if (required.includes(what) || required.includes("all"))
    throw new Error(`${what} is required here and missing: ${problem}`);
  console.log(`      Skipped, for want of ${what}: ${problem}`);
  return context.skip();
}
