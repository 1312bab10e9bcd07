/** Where the parts that read, compile and load files tell which one is next, for whoever listens. */
import Module from "node:module";

interface Listener {
  /** Called again and again, by work that lets nothing else run. */
  tell(doing: string): void;
  end(): void;
}

let listener: Listener = { tell: () => undefined, end: () => undefined };

export function listenToWork(next: Listener): void {
  listener = next;
}

export function tellWork(doing: string): void {
  listener.tell(doing);
}

export function tellWorkIsOver(): void {
  listener.end();
}

/** Node's way to load a file or package, which has no public name. */
interface Loader {
  _load(name: string, ...rest: unknown[]): unknown;
}

/** Calls `load`, and tells of each package that is loaded meanwhile. */
export function tellingOfPackages<Loaded>(load: () => Loaded): Loaded {
  const loader = Module as unknown as Loader;
  const { _load } = loader;
  loader._load = function (name, ...rest) {
    if (/^[@\w]/.test(name)) tellWork(`Loading ${name}`);
    return _load.call(this, name, ...rest);
  };
  try {
    return load();
  } finally {
    loader._load = _load;
  }
}
