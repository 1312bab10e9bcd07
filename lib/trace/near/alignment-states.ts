/** The states of the alignments that meet in a cell: kept are those that may yet become the best, as `rules.ts` says. */
import { covers, type Rules } from "./rules";

/** Where the two stretches stand, and how many edits lie between them at the least. */
export interface Copy {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
  readonly edits: number;
}

/** A state of a cell, and the one that it came from. */
export interface State {
  readonly matches: number;
  readonly edits: number;
  readonly drop: number;
  readonly before?: State;
  /** Places in the sample and in the text. */
  readonly row: number;
  readonly column: number;
}

export function stateAfter(
  before: State,
  isMatch: boolean,
  [row, column]: [number, number],
  { gain, cost }: Rules,
): State {
  const { matches, edits, drop } = before;
  if (isMatch) return { matches: matches + 1, edits, drop: Math.max(0, drop - gain), before, row, column };
  return { matches, edits: edits + 1, drop: drop + cost, before, row, column };
}

/** Adds a state that keeps the rules to those of its cell, unless another one can do all that it can. */
export function addState(states: State[], state: State, { edits }: Copy, rules: Rules): void {
  const { gain, cost, mostDrop } = rules;
  if (state.edits > edits || state.drop > mostDrop || state.matches * gain < state.edits * cost) return;
  const can = (one: State, other: State) =>
    covers(rules, one.matches, one.edits, one.drop, other.matches, other.edits, other.drop);
  if (states.some((other) => can(other, state))) return;
  const kept = states.filter((other) => !can(state, other));
  states.splice(0, states.length, ...kept, state);
}
