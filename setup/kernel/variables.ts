/**
 * The variables that cells have declared, by their names: each one is lent by the code of its cell
 * (`compiling/lent-variables.ts`).
 */
type Lent = PropertyDescriptorMap;

export class Variables {
  /** What cells know as `exports`. */
  readonly all: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  private before: Lent = {};

  /** To be called before each cell, for `giveBack`. */
  begin(): void {
    this.before = Object.getOwnPropertyDescriptors(this.all);
  }

  /** Takes a cell's variables, which from now on are meant by their names. */
  readonly lend = (variables: object): void => {
    Object.defineProperties(this.all, Object.getOwnPropertyDescriptors(variables));
  };

  /** Whether a name has got a value: reading a variable throws before its declaration has been reached. */
  hasValue(name: string): boolean {
    try {
      return this.all[name] !== undefined;
    } catch {
      return false;
    }
  }

  /** Lets a name mean what it meant before the cell. */
  giveBack(name: string): void {
    if (Object.hasOwn(this.before, name)) Object.defineProperty(this.all, name, this.before[name]);
    else delete this.all[name];
  }

  /** The value of a name, which is forgotten. */
  take(name: string): unknown {
    const value = this.all[name];
    delete this.all[name];
    return value;
  }
}
