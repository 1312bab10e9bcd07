/**
 * The suffix automaton of a text: the smallest machine that accepts every piece of it, built in linear time (Blumer et
 * al. 1985, "The smallest automaton recognizing the subwords of a text"). What is found with it is in `trace.ts`.
 */

/** The state in which nothing has been read. */
export const ROOT = 0;

/** What `step` answers where no piece of the text goes on this way. */
export const NONE = -1;

const FROM = 0;
const SYMBOL = 1;
const TO = 2;
const NEXT = 3;

/**
 * A state stands for all pieces that end in the same places of the text; they are the suffixes of its longest
 * piece that are longer than the longest piece of its link. A state so has a single continuation where the text has.
 *
 * Everything is in flat arrays, about 150 bytes a symbol of the text, however many different symbols there are.
 *
 * @example new SuffixAutomaton(Int32Array.of(1, 2, 1)) accepts [], [1], [2], [1, 2], [2, 1] and [1, 2, 1]
 */
export class SuffixAutomaton {
  /** How many states there are, less than twice the length of the text. */
  states = 1;
  /** The length of each state's longest piece: [states]. */
  readonly longest: Int32Array;
  /** The state of the longest suffix that ends in more places; `NONE` for the root: [states]. */
  readonly link: Int32Array;
  /** The state after each prefix of the text, from the empty one on: [length + 1]. */
  readonly prefixes: Int32Array;
  /** Transitions by open addressing, four numbers each; those of a state are chained through `NEXT`. */
  private readonly slots: Int32Array;
  private readonly shift: number;
  /** The first slot of each state's chain: [states]. */
  private readonly chain: Int32Array;

  /** Builds the automaton of a text, whose symbols may be any integers. */
  constructor(text: Int32Array) {
    const states = Math.max(2, 2 * text.length);
    this.longest = new Int32Array(states);
    this.link = new Int32Array(states).fill(NONE);
    this.chain = new Int32Array(states).fill(NONE);
    this.prefixes = new Int32Array(text.length + 1);
    const bits = Math.ceil(Math.log2(4 * text.length + 4)); // There are less than 3 transitions a symbol.
    this.shift = 32 - bits;
    this.slots = new Int32Array(4 << bits).fill(NONE);
    for (let i = 0; i < text.length; i++) this.prefixes[i + 1] = this.append(this.prefixes[i], text[i]);
  }

  /** The state after reading a symbol in a state, or `NONE`. */
  step(state: number, symbol: number): number {
    return this.slots[this.slot(state, symbol) + TO];
  }

  /** The states from the one with the shortest `longest` to the one with the longest: links point back in it. */
  byLength(): Int32Array {
    const starts = new Int32Array(this.prefixes.length + 1);
    for (let state = 0; state < this.states; state++) starts[this.longest[state] + 1]++;
    for (let length = 1; length < starts.length; length++) starts[length] += starts[length - 1];
    const order = new Int32Array(this.states);
    for (let state = 0; state < this.states; state++) order[starts[this.longest[state]]++] = state;
    return order;
  }

  private append(last: number, symbol: number): number {
    const { longest, link } = this;
    const state = this.states++;
    longest[state] = longest[last] + 1;
    let reader = last;
    while (reader !== NONE && this.step(reader, symbol) === NONE) {
      this.connect(reader, symbol, state);
      reader = link[reader];
    }
    if (reader === NONE) {
      link[state] = ROOT;
      return state;
    }
    const target = this.step(reader, symbol);
    link[state] = longest[target] === longest[reader] + 1 ? target : this.split(target, reader, symbol);
    return state;
  }

  /** Gives those pieces of `target` that now end in one more place a state of their own. */
  private split(target: number, reader: number, symbol: number): number {
    const { longest, link, slots, chain } = this;
    const state = this.states++;
    longest[state] = longest[reader] + 1;
    link[state] = link[target];
    link[target] = state;
    for (let slot = chain[target]; slot !== NONE; slot = slots[slot + NEXT]) {
      this.connect(state, slots[slot + SYMBOL], slots[slot + TO]);
    }
    while (reader !== NONE && this.step(reader, symbol) === target) {
      slots[this.slot(reader, symbol) + TO] = state;
      reader = link[reader];
    }
    return state;
  }

  private connect(state: number, symbol: number, target: number): void {
    const slot = this.slot(state, symbol);
    this.slots[slot + FROM] = state;
    this.slots[slot + SYMBOL] = symbol;
    this.slots[slot + TO] = target;
    this.slots[slot + NEXT] = this.chain[state];
    this.chain[state] = slot;
  }

  /** Where the transition is, or the free slot where it would be. */
  private slot(state: number, symbol: number): number {
    const { slots } = this;
    const mask = slots.length - 1;
    // Multipliers: 2^32 divided by the golden ratio (Knuth, TAOCP 3, 6.4), and an unrelated odd number.
    let slot = ((Math.imul(state, 0x9e3779b1) + Math.imul(symbol, 0x85ebca6b)) >>> this.shift) << 2;
    while (slots[slot + FROM] !== NONE && (slots[slot + FROM] !== state || slots[slot + SYMBOL] !== symbol)) {
      slot = (slot + 4) & mask;
    }
    return slot;
  }
}
