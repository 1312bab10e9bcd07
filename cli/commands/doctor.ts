/** `palimpsest doctor` among the commands; what it does is in `doctor.mjs`, which works before set-up. */
import { Command } from "commander";
import { doctor } from "../doctor.mjs";
import { Stopped } from "../exit-codes";

export function doctorCommand(projectRoot: string): Command {
  return new Command("doctor")
    .description("show what is installed, what computes, what is missing, and the command that fixes it")
    .option("--json", "as one JSON document")
    .addHelpText(
      "after",
      "\nExample:\n  palimpsest doctor\n\nExit code 1: something keeps `npm start` from working.",
    )
    .action(({ json }: { json?: boolean }) => {
      const exitCode = doctor(projectRoot, json ? ["--json"] : []);
      if (exitCode !== 0) throw new Stopped(exitCode);
    });
}
