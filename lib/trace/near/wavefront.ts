/**
 * How far an alignment can get with few edits: for each number of edits the furthest place on each diagonal (Myers 1986,
 * "An O(ND) difference algorithm"; Landau and Vishkin 1989). It bounds the columns of what goes on from a run of matches.
 */

const none = -(2 ** 30);

export class Wavefront {
  /** For each number of edits, the most characters of sample and text together that may be reached: [edits + 1]. */
  readonly reached: Int32Array;
  private readonly last: Int32Array;
  private readonly current: Int32Array;
  private readonly center: number;

  /**
   * @param step 1 for what comes behind a place, -1 for what comes before it
   * @param most edits, and how many characters are followed
   */
  constructor(
    private readonly step: 1 | -1,
    private readonly most: { readonly edits: number; readonly characters: number },
  ) {
    this.center = most.edits + 1;
    this.reached = new Int32Array(most.edits + 1);
    this.last = new Int32Array(2 * most.edits + 3);
    this.current = new Int32Array(2 * most.edits + 3);
  }

  /**
   * Fills `reached` for the alignments that begin with an edit and with the characters sample[inSample] and
   * text[inText], and go on by `step` with at most `edits` edits.
   */
  fill(sample: Uint16Array, inSample: number, text: Uint16Array, inText: number, edits: number): void {
    const { reached, center, step } = this;
    const { characters } = this.most;
    const mostInSample = Math.min(characters, step > 0 ? sample.length - inSample : inSample + 1);
    const mostInText = Math.min(characters, step > 0 ? text.length - inText : inText + 1);
    let { last, current } = this;
    last[center] = 0;
    reached[0] = 0;
    for (let edit = 1; edit <= edits; edit++) {
      let furthest = reached[edit - 1];
      last[center - edit] = last[center + edit] = none;
      last[center - edit - 1] = last[center + edit + 1] = none;
      for (let diagonal = -edit; diagonal <= edit; diagonal++) {
        const index = center + diagonal;
        const stay = last[index] + 1;
        const putIn = last[index + 1] + 1;
        const leftOut = last[index - 1];
        let x = stay > putIn ? stay : putIn;
        if (leftOut > x) x = leftOut;
        // Beyond an end only what cannot be is reached; so the bound holds.
        if (x > mostInSample) x = mostInSample;
        if (x + diagonal > mostInText) x = mostInText - diagonal;
        const end = mostInText - diagonal < mostInSample ? mostInText - diagonal : mostInSample;
        if (x >= 0)
          while (x < end && sample[inSample + step * x] === text[inText + step * (x + diagonal)]) x++;
        current[index] = x;
        if (2 * x + diagonal > furthest) furthest = 2 * x + diagonal;
      }
      reached[edit] = furthest;
      [last, current] = [current, last];
    }
  }
}
