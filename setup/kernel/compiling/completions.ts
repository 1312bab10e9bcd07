/**
 * Completions within strings: what an import may name, the keys of an object. tslab asks TypeScript for them without giving it
 * the files, and puts each of them behind what has been typed already.
 */
import * as typescript from "@tslab/typescript-for-tslab";
import type { Converter } from "tslab/dist/converter";

type Completion = ReturnType<Converter["complete"]>;

/** TypeScript's own completions, which it keeps to itself; the first argument is what it may know of the machine. */
interface Completions {
  getCompletionsAtPositionForTslab(
    host: object,
    program: typescript.Program,
    ...rest: unknown[]
  ): typescript.CompletionInfo | undefined;
}

const own = (typescript as unknown as { Completions: Completions }).Completions;

/** Takes the place of TypeScript's `Completions`. */
export const completions: Completions = {
  ...own,
  getCompletionsAtPositionForTslab: (_host, program, ...rest) =>
    own.getCompletionsAtPositionForTslab(filesFor(program), program, ...rest),
};

function filesFor(program: typescript.Program) {
  const { sys } = typescript;
  return {
    ...sys,
    useCaseSensitiveFileNames: () => sys.useCaseSensitiveFileNames,
    getCompilationSettings: () => program.getCompilerOptions(),
  };
}

/**
 * Has completions of anything but names, which tslab completes well, replace what they complete, and leaves out those that do
 * not begin with it; hidden files only where a dot was typed.
 *
 * @param position of the cursor in the cell's source
 * @param before characters before the source in the file that TypeScript has seen
 */
export function completeStrings(
  completion: Completion,
  source: string,
  position: number,
  before: number,
): Completion {
  if (completion.start !== completion.end) return completion;
  const span = completion.original?.entries.find(({ replacementSpan }) => replacementSpan)?.replacementSpan;
  // TypeScript names no span where what was typed looks like a name.
  const word = /[\w$]*$/.exec(source.slice(0, position))?.[0].length ?? 0;
  const start = span ? span.start - before : position - word;
  const end = span ? start + span.length : position;
  const typed = source.slice(start, position);
  const fits = (name: string) => name.startsWith(typed) && (typed !== "" || !name.startsWith("."));
  return { ...completion, start, end, candidates: completion.candidates.filter(fits) };
}
