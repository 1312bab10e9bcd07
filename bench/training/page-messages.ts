/** What `in-page.ts` asks the worker of the page that it times, `web/timed.ts`. */
import type { StepSize } from "./network-size";
import type { Way } from "./step";

/** What it is asked; `number` comes back with the answer. */
export type Asked = { readonly number: number } & (
  | { readonly about: true }
  | { readonly open: string; readonly options: StepSize & Way }
  | { readonly run: string }
  | { readonly close: string }
);
