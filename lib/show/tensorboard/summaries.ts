/** What a training tells as TensorBoard names it: curves by their tags, samples as text. */
import { measure } from "../../trace/measure";
import { traceable, type TracedIn } from "../../trace/traceable";
import type { SampleEvent, TrainingEvent } from "../../train/events";
import type { SummaryValue } from "./event";

/** What samples are traced against, and from which length on a passage counts as copied. */
export interface CopyOptions {
  readonly texts: TracedIn | "nothing";
  readonly minLength?: number;
}

/**
 * The curves' new points and the new texts of an event; none of a checkpoint and of the end. What comes before a slash in a
 * tag is the group in which TensorBoard shows it.
 *
 * @example summaries(step, { texts }) // [{ tag: "loss/training", simpleValue: 1.523 }, …]
 */
export function summaries(event: TrainingEvent, copies: CopyOptions): SummaryValue[] {
  switch (event.type) {
    case "step":
      return [
        curve("loss/training", event.crossEntropy),
        curve("accuracy/training", event.accuracy),
        curve("learning rate", event.learningRate),
        curve("gradient norm", event.gradientNorm),
        curve("tokens per second", event.tokensPerSecond),
        curve("epoch", event.epoch),
      ];
    case "validation":
      return [curve("loss/validation", event.crossEntropy), curve("accuracy/validation", event.accuracy)];
    case "sample":
      return sampleSummaries(event, copies);
    default:
      return [];
  }
}

function sampleSummaries(sample: SampleEvent, { texts, minLength }: CopyOptions): SummaryValue[] {
  const at = `temperature ${sample.temperature}`;
  const written = words(`sample/${at}`, asCode(sample.prompt + sample.text));
  if (texts === "nothing") return [written];
  const { copied, zero, longest } = measure(traceable(texts).trace(sample.text, { minLength }));
  const beside = zero === undefined ? [] : [curve("copied share/held-out text", zero)];
  return [curve(`copied share/${at}`, copied), ...beside, curve(`longest copy/${at}`, longest), written];
}

function curve(tag: string, simpleValue: number): SummaryValue {
  return { tag, simpleValue };
}

/** A text without rows and columns. TensorBoard takes it for Markdown. */
function words(tag: string, text: string): SummaryValue {
  return {
    tag,
    metadata: { pluginData: { pluginName: "text" }, dataClass: "TENSOR" },
    tensor: { dtype: "DT_STRING", tensorShape: { dim: [] }, stringVal: [Buffer.from(text)] },
  };
}

/** Markdown that shows the text as it is, with its lines and its signs: four spaces before each line make it code. */
function asCode(text: string): string {
  return text
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}
