// Adam (Kingma and Ba 2015, algorithm 1) with decoupled weight decay (Loshchilov and Hutter 2019, algorithm
// 2), after clipping by the global norm (Pascanu et al. 2013), for all weights in one pass, in place. As in
// the first of these, epsilon is added to the root of the corrected average of squares.
#include <algorithm>
#include <cmath>
#include <vector>

#include "../machine/threads.h"
#include "../product/vector.h"
#include "operations.h"

namespace palimpsest {
namespace {

Vector squareRoot(Vector values) {
  for (int lane = 0; lane < lanes; lane++) values[lane] = std::sqrt(values[lane]);
  return values;
}

// Weights are shared out in pieces of this many numbers. Sums are made piece by piece, so that they do not
// depend on the number of threads.
constexpr int pieceLength = 8192;

struct Piece {
  int length;
  float *weights, *means, *squares;
  const float* gradients;
};

// Learning rate and moments, corrections included, and the share of a weight that is kept: see `clipAdam` in
// native-loss-and-adam.ts.
struct Settings {
  float learningRate, beta1, restOfBeta1, beta2, restOfBeta2, epsilon, meanCorrection, squareCorrection,
      clipNorm, kept;
};
constexpr int settingsCount = sizeof(Settings) / sizeof(float);

double squaredNorm(const Piece& piece) {
  Vector total{};
  forEachVector(piece.length, [&](auto at) {
    const Vector gradient = at.load(piece.gradients);
    total += gradient * gradient;
  });
  return sum(total);
}

void update(const Piece& piece, float scale, const Settings& given) {
  const Settings settings = given;
  forEachVector(piece.length, [&](auto at) {
    const Vector gradient = at.load(piece.gradients) * scale;
    const Vector mean = settings.beta1 * at.load(piece.means) + settings.restOfBeta1 * gradient;
    const Vector square =
        settings.beta2 * at.load(piece.squares) + settings.restOfBeta2 * (gradient * gradient);
    const Vector size = squareRoot(square * settings.squareCorrection) + settings.epsilon;
    at.store(piece.means, mean);
    at.store(piece.squares, square);
    const Vector change = settings.learningRate * (mean * settings.meanCorrection) / size;
    at.store(piece.weights, settings.kept * at.load(piece.weights) - change);
  });
}

}  // namespace

void clipAdam(Call& call) {
  Settings settings;
  std::memcpy(&settings, call.input(0, "settings", {settingsCount}), sizeof(settings));
  const int count = (call.inputs() - 1) / 4;
  std::vector<Piece> pieces;
  for (int i = 0; i < count; i++) {
    const int weights = 1 + i, gradients = weights + count, means = gradients + count,
              squares = means + count;
    const ptrdiff_t length = call.size(weights);
    if (call.size(gradients) != length || call.size(means) != length || call.size(squares) != length)
      refuse("Expected weights, gradients, means and squares of the same sizes");
    for (ptrdiff_t at = 0; at < length; at += pieceLength) {
      const int part = int(std::min<ptrdiff_t>(pieceLength, length - at));
      pieces.push_back({part, call.input(weights) + at, call.input(means) + at, call.input(squares) + at,
                        call.input(gradients) + at});
    }
  }
  const int threads = threadCount();
  std::vector<double> squared(pieces.size());
  inParallel(threads, [&](int thread) {
    const Range mine = share(int(pieces.size()), thread, threads);
    for (int i = mine.from; i < mine.to; i++) squared[i] = squaredNorm(pieces[i]);
  });
  double total = 0;
  for (double part : squared) total += part;
  const float norm = float(std::sqrt(total));
  // A norm that is not a number scales to none, as in plain operations.
  const float scale = settings.clipNorm > 0 && !(norm <= settings.clipNorm) ? settings.clipNorm / norm : 1;
  inParallel(threads, [&](int thread) {
    const Range mine = share(int(pieces.size()), thread, threads);
    for (int i = mine.from; i < mine.to; i++) update(pieces[i], scale, settings);
  });
  *call.output(0, {}) = norm;
}

}  // namespace palimpsest
