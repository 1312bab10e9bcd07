/** Stands for `lib/network/lstm/fused/native.ts` in a page, where there is no native TensorFlow. */
export function nativeProblem(): string {
  return "a browser has no native TensorFlow";
}

export function callNative(): never {
  throw new Error(`The native operations cannot be called: ${nativeProblem()}`);
}
