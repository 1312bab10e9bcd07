/** TypeScript as tslab is to see it, with some things exchanged. */
import path from "node:path";
import * as typescript from "@tslab/typescript-for-tslab";
import { isKept, keepCode, keptCode, keyOf } from "./compiling/compiled-files";
import { completions } from "./compiling/completions";
import { tellWork } from "./compiling/doing";
import { watchDirectory, watchFile } from "./compiling/edits";
import { forgottenAwaits } from "./compiling/forgotten-awaits";
import { lendVariables } from "./compiling/lent-variables";
import { nameFiles } from "./compiling/named-files";
import { writeOutShorthands } from "./compiling/shorthands";
import { isCellFile } from "./compiling/source-map";
import { addStops } from "./interrupts/stops";

interface Host {
  createProgram: typescript.CreateProgram<typescript.EmitAndSemanticDiagnosticsBuilderProgram>;
}

type CreateHost = (files: string[], options: typescript.CompilerOptions, ...rest: unknown[]) => Host;

type Builder = typescript.EmitAndSemanticDiagnosticsBuilderProgram;

const sourceMaps = { inlineSourceMap: true, inlineSources: true };

/**
 * The program that holds cells and imported files. Without `types`, TypeScript would read all of `node_modules/@types`:
 * slower to start, and the test runner's globals would be offered in cells.
 */
const createWatchCompilerHost: CreateHost = (files, options, ...rest) => {
  const completed = { ...options, ...sourceMaps, types: ["node"] };
  const host = (typescript.createWatchCompilerHost as unknown as CreateHost)(files, completed, ...rest);
  const { createProgram } = host;
  host.createProgram = (...given) => withOwnEmit(createProgram(...given));
  return host;
};

/** The builder of a program that tslab asks for what is wrong with files. */
const builderOf = new WeakMap<typescript.Program, Builder>();

/** Code of imported files that is on its way to tslab's second step, and needs it no more. */
const ready = new Set<string>();

/** tslab's first step, from TypeScript to modules. It takes imported files to the end of the second one, or finds them kept. */
function withOwnEmit(program: Builder): Builder {
  const { emit } = program;
  builderOf.set(program.getProgram(), program);
  program.emit = (file, write, cancellation, onlyDeclarations, transformers) => {
    const checker = program.getProgram().getTypeChecker();
    if (!file || !write || isCellFile(file.fileName)) {
      const before = [writeOutShorthands(checker)];
      const after = [nameFiles(checker), ...(transformers?.after ?? [])];
      return emit(file, write, cancellation, onlyDeclarations, { ...transformers, before, after });
    }
    const key = keyOf(program, file);
    const writeReady: typescript.WriteFileCallback = (name, code, ...rest) => {
      ready.add(code);
      write(name, code, ...rest);
    };
    const options = program.getCompilerOptions();
    const kept = key === undefined ? undefined : keptCode(key);
    if (kept !== undefined) {
      writeReady(outputOf(file.fileName, options), kept, false);
      return { emitSkipped: false, diagnostics: [] };
    }
    const writeAndKeep: typescript.WriteFileCallback = (name, code, ...rest) => {
      if (key !== undefined) keepCode(key, code);
      writeReady(name, code, ...rest);
    };
    return asCommonJs(options, () =>
      emit(file, writeAndKeep, cancellation, false, { after: [nameFiles(checker)] }),
    );
  };
  return program;
}

/** Has `emit` make CommonJS of a program's file, and no declarations, which only cells need. */
function asCommonJs<Result>(options: typescript.CompilerOptions, emit: () => Result): Result {
  const { module, declaration } = options;
  Object.assign(options, { module: typescript.ModuleKind.CommonJS, declaration: false });
  try {
    return emit();
  } finally {
    Object.assign(options, { module, declaration });
  }
}

/** Where TypeScript would write a file's code. */
function outputOf(file: string, { outDir = "", rootDir = "" }: typescript.CompilerOptions): string {
  return path.posix.join(outDir, path.posix.relative(rootDir, file)).replace(/\.ts$/, ".js");
}

/** tslab's second step, from modules to CommonJS. */
const transpileModule: typeof typescript.transpileModule = (code, options) => {
  if (ready.delete(code)) return { outputText: code };
  return typescript.transpileModule(code, {
    ...options,
    compilerOptions: { ...options.compilerOptions, ...sourceMaps },
    transformers: { before: [lendVariables, addStops] },
  });
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
  const found = unknown.flatMap((file) => {
    tellWork(
      isCellFile(file.fileName) ? "Checking the cell" : `Compiling ${path.relative("", file.fileName)}, once`,
    );
    return [...typescript.getPreEmitDiagnosticsOfFiles(program, [file])];
  });
  const cell = unknown.find(({ fileName }) => isCellFile(fileName));
  const forgotten = cell ? forgottenAwaits(cell, program.getTypeChecker()) : [];
  return [...found, ...forgotten].map((diagnostic) => ({
    ...diagnostic,
    messageText: typescript.flattenDiagnosticMessageText(diagnostic.messageText, "\n"),
  }));
};

/** Called for each file that a program needs. */
const readFile: typeof typescript.sys.readFile = (file, encoding) => {
  const [, packageName] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
  tellWork(`Reading ${packageName ?? path.relative("", file)}`);
  return typescript.sys.readFile(file, encoding);
};

export const exchanged = {
  ...typescript,
  createWatchCompilerHost,
  transpileModule,
  getPreEmitDiagnosticsOfFiles,
  Completions: completions,
  sys: { ...typescript.sys, readFile, watchFile, watchDirectory },
};
