/** TypeScript as tslab is to see it, with some things exchanged. To be imported before tslab. */
import * as typescript from "@tslab/typescript-for-tslab";
import { watchDirectory, watchFile } from "./compiling/edits";
import { shareVariables } from "./compiling/shared-variables";
import { writeOutShorthands } from "./compiling/shorthands";
import { isCell } from "./compiling/source-map";
import { addStops } from "./interrupts/stops";

interface Host {
  createProgram: typescript.CreateProgram<typescript.EmitAndSemanticDiagnosticsBuilderProgram>;
}

type CreateHost = (files: string[], options: typescript.CompilerOptions, ...rest: unknown[]) => Host;

const sourceMaps = { inlineSourceMap: true, inlineSources: true };

/**
 * The program that holds cells and imported files. Without `types`, TypeScript would read all of `node_modules/@types`:
 * slower to start, and the test runner's globals would be offered in cells.
 */
const createWatchCompilerHost: CreateHost = (files, options, ...rest) => {
  const completed = { ...options, ...sourceMaps, types: ["node"] };
  const host = (typescript.createWatchCompilerHost as unknown as CreateHost)(files, completed, ...rest);
  const { createProgram } = host;
  host.createProgram = (...given) => withShorthands(createProgram(...given));
  return host;
};

/** tslab's first step, from TypeScript to modules. */
function withShorthands<Program extends typescript.EmitAndSemanticDiagnosticsBuilderProgram>(
  program: Program,
): Program {
  const { emit } = program;
  program.emit = (file, write, cancellation, onlyDeclarations, transformers) => {
    const checker = program.getProgram().getTypeChecker();
    const before = [shareVariables(checker), writeOutShorthands(checker)];
    return emit(file, write, cancellation, onlyDeclarations, transformers && { ...transformers, before });
  };
  return program;
}

/** tslab's second step, from modules to CommonJS. */
const transpileModule: typeof typescript.transpileModule = (code, options) =>
  typescript.transpileModule(code, {
    ...options,
    compilerOptions: { ...options.compilerOptions, ...sourceMaps },
    transformers: { before: isCell(code) ? [addStops] : [] },
  });

/** tslab loses the file of a message that has several parts; made one string, it keeps it. */
const getPreEmitDiagnosticsOfFiles: typeof typescript.getPreEmitDiagnosticsOfFiles = (program, files) =>
  typescript.getPreEmitDiagnosticsOfFiles(program, files).map((diagnostic) => ({
    ...diagnostic,
    messageText: typescript.flattenDiagnosticMessageText(diagnostic.messageText, "\n"),
  }));

// TypeScript's exports cannot be assigned to, but what `require` gives to tslab can.
const cached = require.cache[require.resolve("@tslab/typescript-for-tslab")];
if (!cached)
  throw new Error("Expected tslab's TypeScript to be loaded, so that its functions can be exchanged");
cached.exports = {
  ...typescript,
  createWatchCompilerHost,
  transpileModule,
  getPreEmitDiagnosticsOfFiles,
  sys: { ...typescript.sys, watchFile, watchDirectory },
};
