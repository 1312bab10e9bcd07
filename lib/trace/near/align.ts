/** What was changed in a near copy: the alignment of a stretch of the sample with one of a text that has the fewest edits. */
import { addState, stateAfter, type Copy, type State } from "./alignment-states";
import { keepsShare, type Rules } from "./rules";

/** A stretch of the sample in place of one of the text, in characters; one of them may be empty. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The edits of an alignment of so few that keeps the rules, those beside each other as one. A replaced character comes
 * before one put in, that before one left out.
 */
export function editsOf(sample: Uint16Array, text: Uint16Array, copy: Copy, rules: Rules): Edit[] {
  const first: State = { matches: 0, edits: 0, drop: 0, row: copy.start, column: copy.from };
  let above = new Map([[copy.from, [first]]]);
  for (let row = copy.start + 1; row <= copy.end; row++) {
    const current: typeof above = new Map();
    const [first, last] = reachable(row, copy);
    const most = Math.max(...above.keys()) + 1;
    for (let column = Math.max(first, Math.min(...above.keys())); column <= last; column++) {
      if (column > most && !current.has(column - 1)) break;
      const states: State[] = [];
      const isMatch = sample[row - 1] === text[column - 1];
      const go = (from: readonly State[] = [], matches = false) => {
        for (const before of from)
          addState(states, stateAfter(before, matches, [row, column], rules), copy, rules);
      };
      go(above.get(column - 1), isMatch);
      go(above.get(column));
      go(current.get(column - 1));
      if (states.length > 0) current.set(column, states);
    }
    above = current;
  }
  const last = (above.get(copy.to) ?? []).filter(
    ({ matches, edits, drop }) => drop === 0 && keepsShare(rules, matches, edits),
  );
  return editsBefore(last.reduce((one, other) => (other.edits < one.edits ? other : one)));
}

/** The columns of a row from which the end can be reached with the edits that there are. */
function reachable(row: number, { start, end, from, to, edits }: Copy): [number, number] {
  const ahead = from + row - start;
  const behind = to - (end - row);
  return [Math.max(from, Math.max(ahead, behind) - edits), Math.min(to, Math.min(ahead, behind) + edits)];
}

function editsBefore(last: State): Edit[] {
  const edits: Edit[] = [];
  for (let state = last; state.before; state = state.before) {
    const { before } = state;
    if (state.edits === before.edits) continue;
    const next = edits.at(-1);
    const edit = { start: before.row, end: state.row, from: before.column, to: state.column };
    if (next && next.start === edit.end && next.from === edit.to)
      edits[edits.length - 1] = { ...edit, end: next.end, to: next.to };
    else edits.push(edit);
  }
  return edits.reverse();
}
