/** The layers of a saved model as Keras and TensorFlow.js list them: which there are, and what reads what. */
import type { Weight } from "./layers";

/** A layer of a file, whoever wrote it. */
export interface ListedLayer {
  readonly className: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** The names of the layers whose outputs it reads. */
  readonly reads: readonly string[];
  /** Where it is wrapped into a `TimeDistributed`, which gives each position to it alone: its weights stand there. */
  readonly isWrapped?: boolean;
}

export interface ReadLayer extends ListedLayer {
  /** In Keras' order. */
  readonly weights: readonly Weight[];
}

/** What is in the JSON of a model. */
export interface Topology {
  readonly class_name?: string;
  readonly config?: { readonly layers?: readonly Listed[] } | readonly Listed[];
  /** Where TensorFlow.js' converter wrote it. */
  readonly model_config?: Topology;
}

interface Listed {
  readonly class_name: string;
  readonly name?: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inbound_nodes?: readonly unknown[];
}

/**
 * The layers of a model, sequential or functional.
 *
 * @throws where it is another kind of model, or a layer is used twice
 */
export function layersOfTopology(given: Topology): ListedLayer[] {
  const { class_name: kind, config } = given.model_config ?? given;
  const listed = Array.isArray(config) ? config : (config as { layers?: readonly Listed[] })?.layers;
  if (!["Sequential", "Functional", "Model"].includes(kind ?? "") || !listed)
    throw new Error(`Expected a sequential or a functional model, got one of the class ${kind}`);
  const layers = (listed as readonly Listed[]).map((layer) => ({
    ...unwrapped(layer),
    name: String(layer.config.name ?? layer.name),
    nodes: layer.inbound_nodes ?? [],
  }));
  return layers.map(({ nodes, ...layer }, index) => {
    if (kind === "Sequential") return { ...layer, reads: index ? [layers[index - 1].name] : [] };
    if (nodes.length > 1)
      throw new Error(
        `Expected each layer to be used once, but "${layer.name}" is used ${nodes.length} times`,
      );
    return { ...layer, reads: histories(nodes) };
  });
}

/** Layers that do with each position what they would do `TimeDistributed`. */
const alike = ["Dense", "Activation", "Softmax", "Dropout"];

function unwrapped({ class_name, config }: Listed): Pick<ListedLayer, "className" | "config" | "isWrapped"> {
  const inner = config.layer as Listed | undefined;
  if (class_name === "TimeDistributed" && inner && alike.includes(inner.class_name))
    return { className: inner.class_name, config: inner.config, isWrapped: true };
  return { className: class_name, config };
}

/**
 * The names of layers in the node of a layer: `keras_history: [name, node, tensor]`, or before Keras 3 `[name, node,
 * tensor, {}]`.
 */
function histories(node: unknown): string[] {
  if (Array.isArray(node)) {
    const [name, place, tensor] = node as unknown[];
    if (typeof name === "string" && typeof place === "number") {
      if (tensor !== 0) throw new Error(`Expected the output of "${name}" to be read, got its state`);
      return [name];
    }
    return node.flatMap(histories);
  }
  return node && typeof node === "object" ? Object.values(node).flatMap(histories) : [];
}
