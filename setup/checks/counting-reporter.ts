/**
 * mocha's usual report, and at the end the counts, and the titles of what failed, as JSON in the file that the option
 * `counts` names.
 */
import fs from "node:fs";
import Mocha from "mocha";

export = class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const failed: string[] = [];
    runner.on(Mocha.Runner.constants.EVENT_TEST_FAIL, (test: Mocha.Test) => failed.push(test.fullTitle()));
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, pending } = this.stats;
      const counts = { passed: passes, failed, skipped: pending };
      const { counts: file } = options.reporterOptions as { counts: string };
      fs.writeFileSync(file, JSON.stringify(counts));
    });
  }
};
