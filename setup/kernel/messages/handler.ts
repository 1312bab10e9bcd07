/**
 * tslab's answers to what a front end asks beside the cells, corrected. Jupyter counts characters by code points,
 * JavaScript not.
 */
import { version } from "@tslab/typescript-for-tslab";
import { describe } from "./described";
import { JupyterHandlerImpl, type Executor } from "../tslab";

type CompleteRequest = Parameters<JupyterHandlerImpl["handleComplete"]>[0];
type InspectRequest = Parameters<JupyterHandlerImpl["handleInspect"]>[0];

export class Handler extends JupyterHandlerImpl {
  constructor(private readonly cells: Executor) {
    super(cells, false);
  }

  /** tslab says TypeScript 3.7.2 of itself. */
  override handleKernel() {
    const info = super.handleKernel();
    return { status: "ok", ...info, language_info: { ...info.language_info, version } };
  }

  override handleComplete({ code, cursor_pos }: CompleteRequest) {
    const { start, end, candidates } = this.cells.complete(code, toUnits(code, cursor_pos));
    const [cursor_start, cursor_end] = [toPoints(code, start), toPoints(code, end)];
    return { status: "ok" as const, cursor_start, cursor_end, matches: candidates, metadata: {} };
  }

  /** tslab leaves out the names of most tags. */
  override handleInspect({ code, cursor_pos }: InspectRequest) {
    const info = this.cells.inspect(code, toUnits(code, cursor_pos)) as
      ReturnType<Executor["inspect"]> | undefined;
    const data: Record<string, string> = info ? { "text/plain": describe(info) } : {};
    return { status: "ok" as const, found: info !== undefined, data, metadata: {} };
  }
}

/** From code points to UTF-16 units. */
function toUnits(text: string, points: number): number {
  return [...text].slice(0, points).join("").length;
}

function toPoints(text: string, units: number): number {
  return [...text.slice(0, units)].length;
}
