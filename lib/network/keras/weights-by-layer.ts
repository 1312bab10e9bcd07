/** Which of the weights in a folder of TensorFlow.js belong to which layer: every writer names them otherwise. */
import { groupsOf } from "./keras-file";
import type { Weight } from "./layers";
import type { ListedLayer } from "./topology";

/** The weights of a layer in Keras' order. */
const order = ["embeddings", "kernel", "recurrent_kernel", "bias"];

/** The sides of each weight: how many numbers its shape has. */
const ranks: Readonly<Record<string, readonly number[]>> = {
  Embedding: [2],
  LSTM: [2, 2, 1],
  Dense: [2, 1],
};

/**
 * The weights of each layer, in Keras' order: by their names ("lstm/lstm_cell/kernel", also with the model's name before it),
 * by the groups of a .keras file ("layers/lstm_1/cell/vars/0", as its converter leaves them), or else one after the other,
 * where their shapes fit.
 *
 * @throws where none of these fits, with the names that are there
 */
export function weightsByLayer(
  layers: readonly ListedLayer[],
  weights: ReadonlyMap<string, Weight>,
): Weight[][] {
  // The seeds of dropout are of no use here.
  const names = [...weights.keys()].filter((name) => !name.includes("seed_generator"));
  const found = byGroup(layers, names) ?? byName(layers, names) ?? inOrder(layers, names, weights);
  if (found) return found.map((own) => own.map((name) => weights.get(name)!));
  const wanted = layers.filter(({ className }) => hasWeights(className)).map(({ name }) => `"${name}"`);
  throw new Error(
    `Expected weights for the layers ${wanted.join(", ")}, each under its name, found ${names.join(", ") || "none"}`,
  );
}

/** All weights have to find a layer, and all layers theirs. */
function complete(
  layers: readonly ListedLayer[],
  names: readonly string[],
  found: string[][],
): string[][] | undefined {
  const isFilled = layers.every(({ className }, index) => !hasWeights(className) || found[index].length > 0);
  return isFilled && found.flat().length === names.length ? found : undefined;
}

function hasWeights(className: string): boolean {
  return Object.hasOwn(ranks, className);
}

function byGroup(layers: readonly ListedLayer[], names: readonly string[]): string[][] | undefined {
  const groups = groupsOf(layers);
  const number = (name: string) => Number(/(\d+)$/.exec(name)?.[1]);
  const found = groups.map((group) =>
    names
      .filter((name) => name.startsWith(`${group}/`) && /\/vars\/\d+$/.test(name))
      .sort((one, other) => number(one) - number(other)),
  );
  return complete(layers, names, found);
}

function byName(layers: readonly ListedLayer[], names: readonly string[]): string[][] | undefined {
  const rank = (name: string) => order.indexOf(name.split("/").at(-1)!.replace(/:0$/, ""));
  const ownerOf = (name: string) =>
    name
      .split("/")
      .slice(0, -1)
      .map((piece) => layers.findIndex((layer) => layer.name === piece))
      .find((index) => index >= 0);
  const found = layers.map((_, index) =>
    names.filter((name) => ownerOf(name) === index).sort((one, other) => rank(one) - rank(other)),
  );
  return complete(layers, names, found);
}

function inOrder(
  layers: readonly ListedLayer[],
  names: readonly string[],
  weights: ReadonlyMap<string, Weight>,
): string[][] | undefined {
  let at = 0;
  const found = layers.map(({ className, config }) => {
    const sides = hasWeights(className) ? ranks[className] : [];
    const own = names.slice(at, (at += config.use_bias === false ? sides.length - 1 : sides.length));
    return own.every((name, index) => weights.get(name)!.shape.length === sides[index]) ? own : [];
  });
  return complete(layers, names, found);
}
