/** The settings of a training, for the table and the parallel coordinates of TensorBoard's plugin "hparams". */
import type { Params } from "../../train/params";
import { encodeHyperparameterData, type HyperparameterValue, type SummaryValue } from "./event";

/**
 * Tells with which params a run begins.
 *
 * @param row what the run's row is called; runs of one name share one
 * @param seconds since 1970
 */
export function sessionStart(params: Params, row: string, seconds: number): SummaryValue {
  const hparams = Object.fromEntries(
    (Object.entries(params) as [string, Params[keyof Params]][]).map(([name, value]) => [
      name,
      valueOf(value),
    ]),
  );
  const content = { sessionStartInfo: { hparams, groupName: row, startTimeSecs: seconds } };
  return hyperparameterSummary("_hparams_/session_start_info", encodeHyperparameterData(content));
}

/** Tells that a run has come to its end. */
export function sessionEnd(seconds: number): SummaryValue {
  const content = { sessionEndInfo: { status: "SUCCESS", endTimeSecs: seconds } } as const;
  return hyperparameterSummary("_hparams_/session_end_info", encodeHyperparameterData(content));
}

/** All is in the metadata: the value itself is none. */
function hyperparameterSummary(tag: string, content: Uint8Array): SummaryValue {
  return {
    tag,
    metadata: { pluginData: { pluginName: "hparams", content }, dataClass: "TENSOR" },
    tensor: { dtype: "DT_STRING", tensorShape: { dim: [{ size: 0 }] }, stringVal: [] },
  };
}

function valueOf(value: Params[keyof Params]): HyperparameterValue {
  if (typeof value === "number") return { numberValue: value };
  return typeof value === "boolean" ? { boolValue: value } : { stringValue: String(value) };
}
