/** mocha's usual report, and at the end the counts as JSON in the file that the option `counts` names. */
import fs from "node:fs";
import Mocha from "mocha";

export = class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      const counts = { passed: passes, failed: failures, skipped: pending };
      const { counts: file } = options.reporterOptions as { counts: string };
      fs.writeFileSync(file, JSON.stringify(counts));
    });
  }
};
