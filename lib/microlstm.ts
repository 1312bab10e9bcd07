/**
 * A network that learns to write, and the lens that shows what it copied: the idea of this project in one file without an
 * import, for Node.js, a cell or a web page. Notebook 00 walks through it. The rest of `lib/` is the same, deep and fast.
 */

/** Numbers that are learned, as a matrix, and what learning has to know of each of them. */
function weights(rows: number, columns: number, fresh: () => number) {
  const [gradients, means, squares] = [0, 1, 2].map(() => new Float64Array(rows * columns));
  return { columns, values: Float64Array.from(gradients, fresh), gradients, means, squares };
}
type Weights = ReturnType<typeof weights>;

/** Numbers between 0 and 1 that look like chance, always the same ones for a seed from 1 on (Park and Miller 1988). */
export function random(seed: number): () => number {
  let state = (seed * 282475249) % 2147483647;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** A layer of LSTM cells that knows the characters of a text, and not yet what comes after what. */
export function newNetwork(text: string, { neurons = 64, seed = 1 } = {}) {
  const characters = [...new Set(text)]; // the place of a character in this list is its number
  if (characters.length < 2) throw new Error(`Expected a text with something to learn, got "${text}"`);
  const [size, gates, draw] = [characters.length, 4 * neurons, random(seed)];
  const within = (limit: number) => () => (2 * draw() - 1) * limit;
  const learned = {
    input: weights(size, gates, within(2.5)), // what a character says to the four gates of each neuron
    recurrent: weights(neurons, gates, within(1 / Math.sqrt(neurons))), // what the neurons say to them
    bias: weights(1, gates, () => 0),
    head: weights(neurons, size, within(3 / Math.sqrt(neurons))), // what the neurons say of the next character
    headBias: weights(1, size, () => 0),
  };
  learned.bias.values.fill(1, neurons, 2 * neurons); // at first every neuron keeps what it has
  return { characters, neurons, learned, updates: 0 };
}
export type Network = ReturnType<typeof newNetwork>;

/** A text as numbers: "abba" -> [0, 1, 1, 0]. */
export function encode({ characters }: Network, text: string): number[] {
  const unknown = [...text].find((character) => !characters.includes(character));
  if (unknown) throw new Error(`Expected characters of the learned text, got "${unknown}": leave it out`);
  return [...text].map((character) => characters.indexOf(character));
}

/** What is remembered between two characters: what each neuron keeps for itself, and what it shows of that. */
export function nothingRead({ neurons }: Network) {
  return { cell: new Float64Array(neurons), hidden: new Float64Array(neurons) };
}
export type Memory = ReturnType<typeof nothingRead>;

/** Reads a character and says how probable each one is to come next (Hochreiter and Schmidhuber 1997). */
export function read(network: Network, character: number, before: Memory) {
  const { neurons: n, learned } = network;
  const { cell, hidden } = nothingRead(network);
  const gates = learned.input.values.slice(character * 4 * n, (character + 1) * 4 * n);
  addProduct(add(gates, learned.bias.values), before.hidden, learned.recurrent);
  for (let k = 0; k < n; k++) {
    const letIn = (gates[k] = sigmoid(gates[k]));
    const keep = (gates[n + k] = sigmoid(gates[n + k]));
    const candidate = (gates[2 * n + k] = Math.tanh(gates[2 * n + k]));
    const show = (gates[3 * n + k] = sigmoid(gates[3 * n + k]));
    cell[k] = keep * before.cell[k] + letIn * candidate;
    hidden[k] = show * Math.tanh(cell[k]);
  }
  const scores = addProduct(learned.headBias.values.slice(), hidden, learned.head);
  return { character, before, gates, cell, hidden, probabilities: softmax(scores) };
}

/** Scores become probabilities: the higher the likelier, and all together 1. */
export function softmax(scores: Float64Array): Float64Array {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const sum = powers.reduce((total, power) => total + power);
  return powers.map((power) => power / sum);
}
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

function add(sums: Float64Array, numbers: ArrayLike<number>): Float64Array {
  for (let at = 0; at < numbers.length; at++) sums[at] += numbers[at];
  return sums;
}

/** Adds row × matrix. */
function addProduct(sums: Float64Array, row: Float64Array, { values, columns }: Weights): Float64Array {
  for (let i = 0, at = 0; i < row.length; i++)
    for (let j = 0; j < columns; j++) sums[j] += row[i] * values[at++];
  return sums;
}

/** The way back through `addProduct`: what errors of the sums mean for the matrix (noted) and for the row (returned). */
function goBack(errors: Float64Array, row: Float64Array, { values, gradients, columns }: Weights) {
  return row.map((number, i) => {
    let error = 0;
    for (let j = 0, at = i * columns; j < columns; j++, at++) {
      gradients[at] += number * errors[j];
      error += values[at] * errors[j];
    }
    return error;
  });
}

/** Reads a piece and goes back through it: how does the loss depend on each weight (back-propagation through time)? */
export function learn(network: Network, ids: readonly number[], memory: Memory) {
  const { neurons: n, learned } = network;
  const steps: ReturnType<typeof read>[] = [];
  for (const id of ids.slice(0, -1)) steps.push(read(network, id, steps.at(-1) ?? memory));
  let loss = 0; // the mean of -log p of the characters that came, in nats
  const { cell: ofCells, hidden: ofHidden } = nothingRead(network); // how it depends on the memory
  for (let time = steps.length - 1; time >= 0; time--) {
    const { character, before, gates, cell, hidden, probabilities } = steps[time];
    const came = ids[time + 1];
    loss -= Math.log(probabilities[came]) / steps.length;
    const errors = probabilities.map((p, id) => (id === came ? p - 1 : p) / steps.length);
    add(learned.headBias.gradients, errors);
    add(ofHidden, goBack(errors, hidden, learned.head));
    const ofGates = new Float64Array(4 * n);
    for (let k = 0; k < n; k++) {
      const [letIn, keep, candidate, show] = [0, 1, 2, 3].map((gate) => gates[gate * n + k]);
      const shown = Math.tanh(cell[k]);
      ofCells[k] += ofHidden[k] * show * (1 - shown ** 2);
      ofGates[k] = ofCells[k] * candidate * letIn * (1 - letIn);
      ofGates[n + k] = ofCells[k] * before.cell[k] * keep * (1 - keep);
      ofGates[2 * n + k] = ofCells[k] * letIn * (1 - candidate ** 2);
      ofGates[3 * n + k] = ofHidden[k] * shown * show * (1 - show);
      ofCells[k] *= keep;
    }
    add(learned.bias.gradients, ofGates);
    add(learned.input.gradients.subarray(character * 4 * n), ofGates);
    ofHidden.set(goBack(ofGates, before.hidden, learned.recurrent));
  }
  const { cell, hidden } = steps[steps.length - 1];
  return { loss, memory: { cell, hidden } };
}

/** Moves every weight against its gradient, which is clipped to a norm of 1 (Adam: Kingma and Ba 2015). */
export function improve(network: Network, learningRate: number): void {
  const all = Object.values(network.learned);
  const norm = Math.sqrt(all.reduce((sum, { gradients: g }) => g.reduce((part, x) => part + x * x, sum), 0));
  const update = ++network.updates;
  for (const { values, gradients, means, squares } of all)
    gradients.forEach((gradient, at) => {
      const clipped = gradient / Math.max(1, norm);
      means[at] = 0.9 * means[at] + 0.1 * clipped;
      squares[at] = 0.999 * squares[at] + 0.001 * clipped ** 2;
      const size = Math.sqrt(squares[at] / (1 - 0.999 ** update)) + 1e-8;
      values[at] -= (learningRate * means[at]) / (1 - 0.9 ** update) / size;
      gradients[at] = 0;
    });
}

/** Reads a text piece by piece, again and again, learns of each, ever more gently, and tells its loss before. */
export function* train(network: Network, text: string, { pieces = 500, steps = 32, learningRate = 0.02 }) {
  const ids = encode(network, text);
  for (let piece = 0, at = 0, memory = nothingRead(network); piece < pieces; piece++, at += steps) {
    if (at >= ids.length - 1) [at, memory] = [0, nothingRead(network)];
    const learned = learn(network, ids.slice(at, at + steps + 1), memory);
    improve(network, learningRate * (1 - piece / pieces));
    memory = learned.memory;
    yield learned.loss;
  }
}

/** Goes on from a prompt; the lower the temperature, which has to be above 0, the more cautiously. */
export function write(network: Network, prompt: string, { length = 300, temperature = 0.5, seed = 1 } = {}) {
  const draw = random(seed);
  const [first, ...rest] = encode(network, prompt || network.characters[0]);
  let step = read(network, first, nothingRead(network));
  for (const id of rest) step = read(network, id, step);
  return Array.from({ length }, () => {
    let left = draw();
    const chances = softmax(step.probabilities.map((p) => Math.log(p) / temperature));
    const chosen = chances.findIndex((chance) => (left -= chance) < 0);
    step = read(network, chosen, step);
    return network.characters[chosen];
  }).join("");
}

/** The passages of a sample that stand word for word in a text, none inside another, and where they stand there. */
export function trace(sample: string, text: string, shortest = 20) {
  const passages: { start: number; end: number; place: number }[] = [];
  for (let start = 0, last = 0; start + shortest <= sample.length; start++) {
    let end = Math.max(last, start + shortest - 1);
    const known = () => end < sample.length && text.includes(sample.slice(start, end + 1));
    if (!known()) continue;
    while (known()) last = ++end;
    passages.push({ start, end, place: text.indexOf(sample.slice(start, end)) });
  }
  return passages;
}
export type Passage = ReturnType<typeof trace>[number];

/** A sample with its passages marked, as HTML; with other marks, such as `["\x1b[7m", "\x1b[0m"]`, for a terminal. */
export function show(sample: string, passages: readonly Passage[], [begin, end] = ["<mark>", "</mark>"]) {
  const copied = (at: number) => passages.some((one) => one.start <= at && at < one.end);
  return sample.replace(/[^]/g, (sign, at: number) => {
    const shown = begin === "<mark>" && "&<".includes(sign) ? `&#${sign.charCodeAt(0)};` : sign;
    return (copied(at) && !copied(at - 1) ? begin : "") + shown + (copied(at) && !copied(at + 1) ? end : "");
  });
}
