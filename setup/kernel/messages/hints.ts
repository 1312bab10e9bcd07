/** The way on from TypeScript's errors that are met most in notebooks, where its own words do not name it. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const library = path.join(__dirname, "../../../lib");

/** @example hint("Property 'training' does not exist on type 'Promise<TextLibrary>'.") // "It is still a promise: …" */
export function hint(message: string): string | undefined {
  const name =
    /^Cannot find name '(\w+)'\.?|^No value exists in scope for the shorthand property '(\w+)'/.exec(message);
  if (name) return whereToFind(name[1] ?? name[2]);
  if (/^Type '(AsyncGenerator<|TrainingEvents').*must have a '\[Symbol\.iterator\]\(\)'/.test(message))
    return "Its values come one after another, in time: write `for await (… of …)`.";
  // Where a call has several forms, each with its error, what hints at a mistake stands in a later line.
  const misspelt = /^\s*Type '\{ (.+?)\}' has no properties in common with type '([\w &]+)'/m.exec(message);
  if (misspelt) {
    const names = [...misspelt[1].matchAll(/(\w+)\??: /g)].map(([, each]) => `\`${each}\``).join(", ");
    return `${misspelt[2]} has no ${names}: look at the spelling. In a call, Tab between the braces lists the names that there are.`;
  }
  if (/ does not exist on type 'Promise<|^(Argument of type|Type) 'Promise</.test(message))
    return "It is still a promise: put `await` before the call that gave it, as in `const library = await TextLibrary.open(…)`.";
  if (/^Argument of type .* is not assignable to parameter of type 'readonly Source\[\]'/.test(message))
    return 'It takes a list: put square brackets around it, as in `await TextLibrary.open(["data/mine.txt"])`.';
  if (
    /^(Argument of type|Type) '\{ text: string; \}' is not assignable to .*type '(Texts|Source)'/.test(
      message,
    )
  )
    return 'A text needs a title: `{ text: "…", title: "Mine" }`.';
  if (/^Cannot find module '(lib|(\.\.\/)+lib|palimpsest)'/.test(message))
    return 'The library is `./lib` in every notebook, as in `import { Poet } from "./lib"`.';
  return undefined;
}

function whereToFind(name: string): string {
  if (name === "print") return "In TypeScript it is `console.log(…)`.";
  if (exported().has(name))
    return `The library has it: \`import { ${name} } from "./lib"\`, or run the cell that imports it first.`;
  return `Where another cell declares \`${name}\`, run that one first.`;
}

/** The names that the library's door hands on, its own and the types of the stages. */
function exported(): Set<string> {
  const doors = [doorOf(library)];
  for (const [, stage] of doors[0].matchAll(/export type \* from "(.+?)"/g))
    doors.push(doorOf(path.join(library, stage)));
  const lists = doors.flatMap((door) => [...door.matchAll(/export (?:type )?\{([^}]*)\}/g)]);
  return new Set(lists.flatMap(([, names]) => names.match(/\w+(?=\s*(?:,|$))/g) ?? []));
}

/** What a folder's door says; in a browser there are declarations alone. */
function doorOf(folder: string): string {
  const files = ["index.ts", "index.d.ts"].map((name) => path.join(folder, name));
  const file = files.find((one) => existsSync(one));
  return file === undefined ? "" : readFileSync(file, "utf8");
}
