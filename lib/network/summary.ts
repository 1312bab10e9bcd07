/** A network as a table of its layers, what they give and how many weights they have, as Keras prints it. */
import type { Vocabulary } from "../text/tokens/vocabulary";
import { featureWidth, headWidth } from "./initial-weights";
import { headColumns, tailsOf } from "./layers/adaptive-softmax";
import type { NetworkParams } from "./params";
import { Summary } from "./summary-table";
import { tidy } from "./tensorflow";
import type { Weights } from "./weights";

/** @example console.log(summaryOf(model)) // as `model.summary()` does */
export function summaryOf({
  params,
  vocabulary,
  weights,
}: {
  readonly params: NetworkParams;
  readonly vocabulary: Vocabulary;
  readonly weights: Weights;
}): Summary {
  const counted = new Map<string, number>();
  tidy(() => {
    for (const [name, weight] of weights) {
      const layer = name.slice(0, name.indexOf("/"));
      counted.set(layer, (counted.get(layer) ?? 0) + weight.size);
    }
  });
  const { neurons, embedding, bidirectional } = params;
  const tails = tailsOf(params.cutoffs, vocabulary.size, headWidth(params));
  const widthOf = (layer: string) => {
    if (layer === "embedding") return embedding;
    if (layer === "head") return headColumns(params.cutoffs, vocabulary.size);
    if (layer.startsWith("tail_")) return tails[Number(layer.slice("tail_".length))].tokens;
    if (layer === "attention") return featureWidth(params);
    return neurons;
  };
  const order = ["embedding", "labels"];
  const rank = (layer: string) => (order.includes(layer) ? order.indexOf(layer) : order.length);
  const rows = [...counted].sort(([one], [other]) => rank(one) - rank(other));
  const oneATime = (layer: string) => layer === "labels" || (bidirectional && /^(head$|tail_)/.test(layer));
  return new Summary(
    rows.map(([layer, weightsOfLayer]) => ({
      layer: `${layer} (${kindOf(layer)})`,
      output: oneATime(layer) ? `(batch, ${widthOf(layer)})` : `(batch, time, ${widthOf(layer)})`,
      weights: weightsOfLayer,
    })),
    rows.reduce((sum, [layer, size]) => sum + (isFrozen(layer, params) ? size : 0), 0),
  );
}

function kindOf(layer: string): string {
  if (layer.includes("lstm")) return "LSTM";
  if (layer.startsWith("tail_")) return "Cluster";
  return (
    { embedding: "Embedding", head: "Dense", attention: "Attention", labels: "Conditioning" }[layer] ?? layer
  );
}

/**
 * Of the layers that are frozen, the first ones; counted by name, because whoever computes may hold more numbers than
 * there are weights.
 */
function isFrozen(layer: string, { frozenLayers }: NetworkParams): boolean {
  const [, index] = /lstm_(\d+)$/.exec(layer) ?? [];
  return index !== undefined && Number(index) < frozenLayers;
}
