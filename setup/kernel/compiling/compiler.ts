/** tslab's compiler of cells, which also remembers the declarations of the cells before. */
import { completeStrings } from "./completions";
import { reportEdits } from "./edits";
import { withoutExports } from "./exports";
import { outdatedModules } from "./modules";
import { rememberCompiled } from "./source-map";
import { KeyboardInterrupt, stops } from "../interrupts/stops";
import { survivors } from "./survivors";
import type { Variables } from "../variables";
import { createConverter, type ConvertResult, type Converter, type Diagnostic } from "../tslab";

/** What tslab puts before each cell. */
const cellPrefix = "export {};\n";

/** TypeScript's number for "Cannot find module". */
const cannotFindModule = 2307;

/**
 * What tslab's executor takes for tslab's converter. The executor forgets the declarations of a cell that fails, so
 * those that it passes are not looked at.
 */
export class Compiler implements Converter {
  /** What is wrong with the cell that was compiled last. */
  diagnostics: readonly Diagnostic[] = [];
  /** The variable that holds the value of its last expression. */
  lastExpression?: string;

  private converter = createConverter();
  /** Modules that cells have defined (tslab's `@module`). */
  private readonly defined: Parameters<Converter["addModule"]>[] = [];
  private moduleIsMissing = false;
  /** Of all cells so far, as the text of a `.d.ts` file. */
  private declarations = "";
  private cell = { name: "", source: "", declarations: "" };
  /** Files that were compiled while nobody was there to run them. */
  private unsent: NonNullable<ConvertResult["sideOutputs"]> = [];

  /** Names the next cell, for stack traces. */
  begin(name: string): void {
    this.diagnostics = [];
    this.lastExpression = undefined;
    this.cell = { name, source: "", declarations: this.declarations };
  }

  convert(_declarations: string, given: string): ConvertResult {
    const source = withoutExports(given);
    reportEdits();
    if (this.moduleIsMissing) this.lookAgain();
    const result = this.converter.convert(this.declarations, source);
    const { diagnostics, output = "", declOutput = "", sideOutputs = [], lastExpressionVar } = result;
    this.diagnostics = diagnostics;
    this.lastExpression = lastExpressionVar;
    this.cell = { ...this.cell, source, declarations: diagnostics.length ? this.declarations : declOutput };
    rememberCompiled(this.cell.name, output);
    this.moduleIsMissing = diagnostics.some(({ code }) => code === cannotFindModule);
    if (stops.run.interrupted) {
      this.unsent.push(...sideOutputs);
      this.cell.source = ""; // nothing of it has happened
      throw new KeyboardInterrupt();
    }
    return {
      ...result,
      lastExpressionVar: undefined, // tslab would look for it among variables of its own
      output: output && `${output}\n//# sourceURL=${this.cell.name}\n`,
      sideOutputs: outdatedModules([...this.unsent.splice(0), ...sideOutputs]),
      // tslab overlooks `for await` and `await (…)`; an asynchronous function does for any cell.
      hasToplevelAwait: true,
    };
  }

  /** Keeps all declarations of the cell. */
  succeed(): void {
    this.declarations = this.cell.declarations;
  }

  /** Keeps the declarations that got a value, and lets the other names mean what they meant before the cell. */
  fail(variables: Variables): void {
    if (!this.cell.source) return;
    const { source, lost } = survivors(this.cell.source, (name) => variables.hasValue(name));
    for (const name of lost) variables.giveBack(name);
    const { declOutput, diagnostics, sideOutputs = [] } = this.converter.convert(this.declarations, source);
    if (diagnostics.length === 0) this.declarations = declOutput ?? "";
    this.unsent.push(...sideOutputs);
  }

  inspect(_declarations: string, source: string, position: number) {
    return this.converter.inspect(this.declarations, source, position);
  }

  complete(_declarations: string, source: string, position: number) {
    const completion = this.converter.complete(this.declarations, source, position);
    return completeStrings(completion, source, position, cellPrefix.length);
  }

  addModule(...given: Parameters<Converter["addModule"]>): Diagnostic[] {
    this.defined.push(given);
    const diagnostics = this.converter.addModule(...given);
    this.diagnostics = diagnostics;
    return diagnostics;
  }

  close(): void {
    this.converter.close();
  }

  /** TypeScript remembers what was missing, so a file or package that has come since takes a new program. */
  private lookAgain(): void {
    this.converter.close();
    this.converter = createConverter();
    for (const module of this.defined) this.converter.addModule(...module);
  }
}
