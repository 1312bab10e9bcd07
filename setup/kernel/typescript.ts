/** TypeScript as tslab is to see it, with some things exchanged. To be imported before tslab. */
import path from "node:path";
import * as typescript from "@tslab/typescript-for-tslab";
import { forgetOldest, isKept, keepCode, keptCode, keyOf } from "./compiling/compiled-files";
import { watchDirectory, watchFile } from "./compiling/edits";
import { nameFiles } from "./compiling/named-files";
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

type Builder = typescript.EmitAndSemanticDiagnosticsBuilderProgram;

/** The builder of a program that tslab asks for what is wrong with files. */
const builderOf = new WeakMap<typescript.Program, Builder>();

/** Code that is through both steps already. */
const ready = new Set<string>();

/** What a file is to be kept under, by its code after the first step. */
const keysToKeep = new Map<string, string>();

/** tslab's first step, from TypeScript to modules. What is kept of a file is through the second one as well. */
function withShorthands(program: Builder): Builder {
  const { emit } = program;
  builderOf.set(program.getProgram(), program);
  program.emit = (file, write, cancellation, onlyDeclarations, transformers) => {
    const key = file && keyOf(program, file);
    const kept = key === undefined ? undefined : keptCode(key);
    if (file && write && kept !== undefined) {
      ready.add(kept);
      write(outputOf(file.fileName, program.getCompilerOptions()), kept, false);
      return { emitSkipped: false, diagnostics: [] };
    }
    const checker = program.getProgram().getTypeChecker();
    const before = [shareVariables(checker), writeOutShorthands(checker)];
    const writeAndRemember: typescript.WriteFileCallback = (name, data, ...rest) => {
      if (key !== undefined && name.endsWith(".js")) keysToKeep.set(data, key);
      write?.(name, data, ...rest);
    };
    return emit(
      file,
      write && writeAndRemember,
      cancellation,
      onlyDeclarations,
      transformers && { ...transformers, before, after: [nameFiles(checker), ...(transformers.after ?? [])] },
    );
  };
  return program;
}

/** Where TypeScript would write a file's code. */
function outputOf(file: string, { outDir = "", rootDir = "" }: typescript.CompilerOptions): string {
  return path.posix.join(outDir, path.posix.relative(rootDir, file)).replace(/\.ts$/, ".js");
}

/** tslab's second step, from modules to CommonJS. */
const transpileModule: typeof typescript.transpileModule = (code, options) => {
  if (ready.delete(code)) return { outputText: code };
  const result = typescript.transpileModule(code, {
    ...options,
    compilerOptions: { ...options.compilerOptions, ...sourceMaps },
    transformers: { before: isCell(code) ? [addStops] : [] },
  });
  const key = keysToKeep.get(code);
  if (key !== undefined) keepCode(key, result.outputText);
  keysToKeep.delete(code);
  return result;
};

/**
 * What is wrong with files. Of what is kept nothing is, so these are not looked at. tslab loses the file of a message that has
 * several parts; made one string, it keeps it.
 */
const getPreEmitDiagnosticsOfFiles: typeof typescript.getPreEmitDiagnosticsOfFiles = (program, files) => {
  const builder = builderOf.get(program);
  const unknown = files.filter((file) => {
    const key = builder && keyOf(builder, file);
    return key === undefined || !isKept(key);
  });
  return typescript.getPreEmitDiagnosticsOfFiles(program, unknown).map((diagnostic) => ({
    ...diagnostic,
    messageText: typescript.flattenDiagnosticMessageText(diagnostic.messageText, "\n"),
  }));
};

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

forgetOldest();
