/** Stands for `setup/kernel/typescript.ts` in the browser, where tslab is bundled with the TypeScript that it is to see. */
export {};
