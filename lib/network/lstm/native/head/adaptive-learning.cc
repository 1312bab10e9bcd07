// The losses of the head of a large vocabulary and their gradients: within the clusters only tokens that
// came are scored, and those that may yet be likelier.
#include <algorithm>
#include <cmath>

#include "../machine/scratch.h"
#include "adaptive.h"

namespace palimpsest {
namespace {

// Rows whose scores of a cluster are computed at once to see whether it has a likelier token.
constexpr int comparedAtOnce = 32;

// Copies a row of parts that lie side by side.
void copyRow(const Joined& from, ptrdiff_t row, float* to) {
  for (const Part& part : from) {
    std::copy_n(part.rows + row * part.width, part.width, to);
    to += part.width;
  }
}

}  // namespace

void AdaptiveHead::takeBackward(const int32_t* targets, int rows) {
  targets_ = targets;
  rows_ = rows;
  for (int row = 0; row < rows; row++) {
    const int cluster = clusterOf(targets[row]);
    if (cluster >= 0) tails_[cluster].rows.push_back(row);
  }
  scores_ = takeScratch(ptrdiff_t(rows) * weights_.headColumns);
  backThroughHead_ = Panels::take(false, weights_.headColumns, weights_.headRows);
  for (size_t i = 0; i < tails_.size(); i++) {
    const TailWeights& weights = weights_.tails[i];
    Tail& tail = tails_[i];
    const ptrdiff_t count = ptrdiff_t(tail.rows.size());
    tail.backThroughKernel = Panels::take(false, weights.tokens, weights.width);
    tail.backThroughProjection = Panels::take(false, weights.width, weights_.headRows);
    tail.read = takeScratch(count * weights_.headRows);
    tail.projected = takeScratch(count * weights.width);
    tail.scores = takeScratch(count * weights.tokens);
    tail.projectedGradients = takeScratch(count * weights.width);
  }
}

void AdaptiveHead::packBackward(int thread, int threads) {
  backThroughHead_.packTransposed({weights_.headKernel, weights_.headRows}, thread, threads);
  for (size_t i = 0; i < tails_.size(); i++) {
    const TailWeights& weights = weights_.tails[i];
    tails_[i].backThroughKernel.packTransposed({weights.kernel, weights.width}, thread, threads);
    tails_[i].backThroughProjection.packTransposed({weights.projection, weights_.headRows}, thread, threads);
  }
}

size_t AdaptiveHead::lossSpace() const {
  const size_t turn = rowsAtOnce * (tails_.size() + 2);
  const size_t gradients = size_t(rowsAtOnce) * weights_.headRows;
  const size_t compared = size_t(comparedAtOnce) * (weights_.headRows + widest() + largest());
  const size_t products =
      std::max(productSpace(rowsAtOnce, std::max(weights_.headRows, weights_.headColumns)),
               productSpace(rowsAtOnce, largest()));
  return turn + std::max(gradients, compared) + products;
}

void AdaptiveHead::loss(const Joined& read, Range mine, float scale, CharacterLoss* losses,
                        float* readGradients, float* space) const {
  const int clusters = int(tails_.size());
  const Turn turn{space, space + rowsAtOnce * clusters, space + rowsAtOnce * (clusters + 1)};
  float* rest = space + rowsAtOnce * (clusters + 2);
  headLoss(read, mine, scale, losses, turn, rest);
  const float* gradients = scores_ + ptrdiff_t(mine.from) * weights_.headColumns;
  product({}, {{gradients, weights_.headColumns}}, mine.length(), backThroughHead_,
          readGradients + ptrdiff_t(mine.from) * weights_.headRows, weights_.headRows, rest);
  for (int i = 0; i < clusters; i++) tailLoss(i, read, mine, scale, losses, turn, readGradients, rest);
  for (int i = 0; i < clusters; i++) compareWith(i, read, mine, losses, turn, rest);
}

void AdaptiveHead::headLoss(const Joined& read, Range mine, float scale, CharacterLoss* losses,
                            const Turn& turn, float* space) const {
  const int columns = weights_.headColumns, frequent = weights_.frequent(), clusters = int(tails_.size());
  float* scores = scores_ + ptrdiff_t(mine.from) * columns;
  product({weights_.headBias}, read, mine.length(), head_, scores, columns, space);
  for (int row = 0; row < mine.length(); row++, scores += columns) {
    const int token = targets_[mine.from + row], cluster = clusterOf(token);
    const int target = cluster < 0 ? token : frequent + cluster;
    const float best = highestOf(frequent, scores), ofTarget = scores[target];
    const bool hit = cluster < 0 && isFirst(scores, token, best);
    std::copy_n(scores + frequent, clusters, turn.clusters + row * clusters);
    const double crossEntropy = softmaxCrossEntropy(columns, scores, target, scale, scores).crossEntropy;
    const float all = float(crossEntropy + ofTarget);  // the logarithm of what scores are divided by
    for (int i = 0; i < clusters; i++) turn.clusters[row * clusters + i] -= all;
    turn.best[row] = best - all;
    turn.target[row] = ofTarget - all;
    losses[mine.from + row] = {crossEntropy, hit && !std::isnan(crossEntropy)};
  }
}

// Where a token of a cluster came.
void AdaptiveHead::tailLoss(int index, const Joined& read, Range mine, float scale, CharacterLoss* losses,
                            const Turn& turn, float* readGradients, float* space) const {
  const TailWeights& weights = weights_.tails[index];
  const Tail& tail = tails_[index];
  const auto first = std::lower_bound(tail.rows.begin(), tail.rows.end(), mine.from);
  const auto last = std::lower_bound(first, tail.rows.end(), mine.to);
  const ptrdiff_t at = first - tail.rows.begin(), width = weights.width, inputs = weights_.headRows;
  const int count = int(last - first);
  if (count == 0) return;
  for (int i = 0; i < count; i++) copyRow(read, first[i] - mine.from, tail.read + (at + i) * inputs);
  float* projected = tail.projected + at * width;
  float* scores = tail.scores + at * weights.tokens;
  product({}, {{tail.read + at * inputs, weights_.headRows}}, count, tail.projection, projected, width,
          space);
  product({weights.bias}, {{projected, weights.width}}, count, tail.kernel, scores, weights.tokens, space);
  for (int i = 0; i < count; i++) {
    const int row = first[i] - mine.from;
    float* own = scores + ptrdiff_t(i) * weights.tokens;
    const CharacterLoss within =
        softmaxCrossEntropy(weights.tokens, own, targets_[first[i]] - weights.first, scale, own);
    turn.target[row] -= float(within.crossEntropy);
    CharacterLoss& loss = losses[first[i]];
    loss.crossEntropy += within.crossEntropy;
    loss.hit = within.hit && turn.target[row] > turn.best[row];
  }
  float* gradients = tail.projectedGradients + at * width;
  product({}, {{scores, weights.tokens}}, count, tail.backThroughKernel, gradients, width, space);
  float* added = space;
  product({}, {{gradients, weights.width}}, count, tail.backThroughProjection, added, inputs,
          space + count * inputs);
  for (int i = 0; i < count; i++)
    addTo(readGradients + first[i] * inputs, weights_.headRows, added + i * inputs);
}

// Whether another cluster has a likelier token than the one that came: looked up only where the cluster
// itself is likelier.
void AdaptiveHead::compareWith(int index, const Joined& read, Range mine, CharacterLoss* losses,
                               const Turn& turn, float* space) const {
  const TailWeights& weights = weights_.tails[index];
  const int clusters = int(tails_.size()), inputs = weights_.headRows;
  // Among tokens that are equally likely the first one counts.
  const auto isLikelier = [&](float chance, int row) {
    const bool isBefore = targets_[mine.from + row] >= weights.first + weights.tokens;
    return isBefore ? chance >= turn.target[row] : chance > turn.target[row];
  };
  const auto isInQuestion = [&](int row) {
    return losses[mine.from + row].hit && clusterOf(targets_[mine.from + row]) != index &&
           isLikelier(turn.clusters[row * clusters + index], row);
  };
  float* gathered = space;
  float* projected = gathered + comparedAtOnce * inputs;
  float* scores = projected + comparedAtOnce * weights.width;
  float* rest = scores + ptrdiff_t(comparedAtOnce) * weights.tokens;
  for (int row = 0; row < mine.length();) {
    int rows[comparedAtOnce], count = 0;
    for (; row < mine.length() && count < comparedAtOnce; row++)
      if (isInQuestion(row)) rows[count++] = row;
    if (count == 0) return;
    for (int i = 0; i < count; i++) copyRow(read, rows[i], gathered + ptrdiff_t(i) * inputs);
    product({}, {{gathered, inputs}}, count, tails_[index].projection, projected, weights.width, rest);
    product({weights.bias}, {{projected, weights.width}}, count, tails_[index].kernel, scores, weights.tokens,
            rest);
    for (int i = 0; i < count; i++) {
      const float cluster = turn.clusters[rows[i] * clusters + index];
      const float chance =
          cluster + highestLogSoftmax(weights.tokens, scores + ptrdiff_t(i) * weights.tokens);
      if (isLikelier(chance, rows[i])) losses[mine.from + rows[i]].hit = false;
    }
  }
}

std::vector<DueGradients> AdaptiveHead::weightGradients(const Joined& read, float* const* gradients) const {
  std::vector<DueGradients> due{
      dueGradients(read, rows_, scores_, weights_.headColumns, gradients[0], gradients[1])};
  for (size_t i = 0; i < tails_.size(); i++) {
    const TailWeights& weights = weights_.tails[i];
    const Tail& tail = tails_[i];
    float* const* mine = gradients + 2 + 3 * i;
    const int count = int(tail.rows.size()), inputs = weights_.headRows;
    float* noBias = takeScratch(weights.width);  // a projection has none
    due.push_back(
        dueGradients({{tail.read, inputs}}, count, tail.projectedGradients, weights.width, mine[0], noBias));
    due.push_back(dueGradients({{tail.projected, weights.width}}, count, tail.scores, weights.tokens, mine[1],
                               mine[2]));
  }
  return due;
}

}  // namespace palimpsest
