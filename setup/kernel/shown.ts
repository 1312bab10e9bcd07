/** Values that the cell that runs has shown itself: where one is its last expression, it is not shown again. */

let shown = new WeakSet<object>();

export function forgetShown(): void {
  shown = new WeakSet();
}

export function noteShown(value: object): void {
  shown.add(value);
}

export function isShown(value: unknown): boolean {
  return typeof value === "object" && value !== null && shown.has(value);
}
