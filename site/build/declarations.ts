/**
 * What TypeScript has to read in the browser to check a cell: declarations of the library, made here, and those of the packages
 * and of Node.js that they name.
 */
import path from "node:path";
import * as ts from "@tslab/typescript-for-tslab";
import { withoutComments } from "./comments";

/** Among these files is the TypeScript of the kernel, with the declarations of the language. */
export const compilerFolder = "node_modules/@tslab/typescript-for-tslab/lib";

/** As tslab checks cells, `setup/kernel/exchanged.ts` included. */
export const options: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  esModuleInterop: true,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts"],
  types: ["node"],
  resolveJsonModule: true,
  skipLibCheck: true,
};

/** Of TensorFlow.js no more is there in the browser than this (`web/stand-ins/tensorflow.ts`). */
const instead: Readonly<Record<string, string>> = {
  "node_modules/@tensorflow/tfjs/dist/index.d.ts": 'export * from "@tensorflow/tfjs-core";\n',
};

/**
 * @returns texts by their paths from the project's root
 * @throws where the library has declarations that cannot be written
 */
export function declarations(project: string): Record<string, string> {
  const own = libraryDeclarations(project);
  return { ...own, ...readWith(own, project) };
}

/**
 * What a reader may want to be told, of the library and the language, stays. Of packages it would take the time of a
 * first cell.
 */
function kept(file: string, text: string): string {
  const isPackage = file.includes("/node_modules/") && !file.includes(`/${compilerFolder}/`);
  return isPackage && file.endsWith(".d.ts") ? withoutComments(text) : text;
}

function libraryDeclarations(project: string): Record<string, string> {
  const host = ts.createCompilerHost({ ...options, declaration: true }, true);
  const program = ts.createProgram({
    rootNames: ["lib/index.ts", "lib/microlstm.ts", "web/export.ts"].map((file) => path.join(project, file)),
    options: {
      ...options,
      strict: true,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: project,
      outDir: project,
    },
    host,
  });
  const written: Record<string, string> = {};
  const { diagnostics } = program.emit(
    undefined,
    (file, text) => (written[path.relative(project, file)] = text),
  );
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, host));
  return written;
}

/** All that a cell reads that imports the library, where of the library only declarations are there. */
function readWith(own: Readonly<Record<string, string>>, project: string): Record<string, string> {
  const read: Record<string, string> = {};
  const cell = path.join(project, "__tslab__.ts");
  const host = ts.createCompilerHost(options);
  const isOwn = (file: string) => /^(lib|web|setup)\//.test(path.relative(project, file));
  const textOf = (file: string): string | undefined => {
    if (file === cell)
      return 'import * as library from "./lib"; import * as page from "./web/export"; [library, page];';
    const name = path.relative(project, file);
    return own[name] ?? instead[name] ?? (isOwn(file) ? undefined : ts.sys.readFile(file));
  };
  const readFile = (file: string) => {
    const text = textOf(file);
    if (text !== undefined && file !== cell) read[path.relative(project, file)] = kept(file, text);
    return text;
  };
  Object.assign(host, {
    getDefaultLibLocation: () => path.join(project, compilerFolder),
    getCurrentDirectory: () => project,
    fileExists: (file: string) =>
      file === cell || path.relative(project, file) in own || (!isOwn(file) && ts.sys.fileExists(file)),
    readFile,
    getSourceFile(file: string, language: ts.ScriptTarget) {
      const text = readFile(file);
      return text === undefined ? undefined : ts.createSourceFile(file, text, language);
    },
  } satisfies Partial<ts.CompilerHost>);
  const program = ts.createProgram([cell], options, host);
  const problems = program.getSemanticDiagnostics(program.getSourceFile(cell));
  if (problems.length > 0) throw new Error(ts.formatDiagnostics(problems, host));
  return read;
}
