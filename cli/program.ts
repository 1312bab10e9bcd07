/** The command `palimpsest` with all its subcommands; what each of them does is in a file of its name. */
import { Command, CommanderError } from "commander";
import { version } from "../package.json";
import { OptionError } from "../lib/base/option-error";
import { dialogCommand } from "./commands/dialog";
import { doctorCommand } from "./commands/doctor";
import { exitCodes, exitCodesInWords, Stopped, UsageError } from "./exit-codes";
import { exportCommand } from "./commands/export";
import { generateCommand } from "./commands/generate";
import { mapCommand } from "./commands/map";
import { kebab } from "./options/options";
import { outputClosed } from "./output";
import { runsCommand } from "./commands/runs";
import { searchCommand } from "./commands/search";
import { textsCommand } from "./commands/texts";
import { traceCommand } from "./commands/trace";
import { trainCommand } from "./commands/train";

const overview = `
A run is a folder of checkpoints; a name alone, as "poet", is that of one in data/runs, where notebooks have theirs.
"pretrained" is the model that comes with the project.

Results go to standard output, as JSON with --json; words about the work go to standard error. In texts that options
give, \\n is a line break, \\t a tab and \\\\ a backslash.

Examples:
  palimpsest texts search austen emma
  palimpsest train gutenberg:158 mine.txt --run poet --seconds 240
  palimpsest generate poet --prompt "It is a truth " | palimpsest trace - --run poet
  palimpsest export poet poet.keras

${exitCodesInWords}`;

/** The parser, which runs a subcommand once it is given its arguments. */
export function createProgram(projectRoot: string): Command {
  const program = new Command("palimpsest")
    .description(
      "Trains deep LSTMs on books, writes with them, and shows which passages are copied from which book.",
    )
    .version(version, "--version", "print the version")
    .addHelpText("after", overview);
  for (const command of [
    textsCommand(),
    trainCommand(),
    generateCommand(),
    dialogCommand(),
    traceCommand(),
    mapCommand(),
    searchCommand(),
    exportCommand(),
    runsCommand(),
    doctorCommand(projectRoot),
  ])
    program.addCommand(command);
  for (const command of withSubcommands(program)) {
    command
      .exitOverride()
      .helpCommand(false)
      .showHelpAfterError(`See ${pathOf(command)} --help.`)
      .configureHelp({ helpWidth: Math.min(process.stdout.columns ?? 100, 120) });
  }
  return program;
}

/**
 * Runs a command line.
 *
 * @param args without the program's name
 * @returns the exit code: see `exit-codes.ts`
 */
export async function main(projectRoot: string, args: readonly string[]): Promise<number> {
  const program = createProgram(projectRoot);
  let ran = program;
  program.hook("preAction", (_, command) => void (ran = command));
  try {
    await program.parseAsync(args, { from: "user" });
    return outputClosed() ? exitCodes.outputClosed : exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (error instanceof Stopped) return error.exitCode;
    const usage = error instanceof UsageError || isAboutOption(error, ran);
    process.stderr.write(`palimpsest: ${inWords(error, ran)}\n`);
    if (usage) process.stderr.write(`See ${pathOf(ran)} --help.\n`);
    return usage ? exitCodes.usage : exitCodes.failure;
  }
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

/** @example "palimpsest texts search" */
function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

/** Whether an error is about the values of options, of which one was given. */
function isAboutOption(error: unknown, command: Command): boolean {
  return (
    error instanceof OptionError && error.options.some((name) => command.getOptionValueSource(name) === "cli")
  );
}

/** An error's words, with options called as the command line has them. What nobody expected shows where it arose. */
function inWords(error: unknown, command: Command): string {
  if (!(error instanceof Error)) return String(error);
  const isDefect = [TypeError, ReferenceError, RangeError, SyntaxError].some((kind) => error instanceof kind);
  if (isDefect) return error.stack ?? error.message;
  const names = new Set(command.options.map((option) => option.attributeName()));
  return error.message.replace(/`(\w+)`/g, (quoted, name: string) =>
    names.has(name) ? `--${kebab(name)}` : quoted,
  );
}
