/** What is known of tokens, shared out among the characters that they are made of. */

/**
 * @param ofTokens the logarithm of the probability of each token, NaN where it is not known: [tokens]
 * @param starts where each token begins, and the last ends, in UTF-16 units: [tokens + 1]
 * @param from the unit with which the text begins
 * @returns the same of each unit of the text, and its mean, with the sign of a loss
 */
export function perUnit(ofTokens: Float32Array, starts: Int32Array, from: number) {
  const logProbability = new Float32Array(starts[starts.length - 1] - from);
  let [sum, known] = [0, 0];
  ofTokens.forEach((nats, token) => {
    const each = nats / (starts[token + 1] - starts[token]);
    for (let unit = Math.max(from, starts[token]); unit < starts[token + 1]; unit++) {
      logProbability[unit - from] = each;
      if (Number.isNaN(each)) continue;
      sum += each;
      known++;
    }
  });
  return { logProbability, crossEntropy: -sum / known };
}
