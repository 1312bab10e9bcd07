// The equations of the LSTM cell (Hochreiter and Schmidhuber 1997; with forget gates, Gers et al. 2000) for
// one row and one time step, forward and backward. The gates input, forget, candidate, output lie `gateStep`
// numbers apart.
#pragma once
#include "activations.h"

namespace palimpsest {

// `gates` holds what flows into the gates and is squashed in place.
inline void forwardCell(int neurons, int gateStep, const float* cellBefore, float* gates, float* cell,
                        float* hidden) {
  float *inputs = gates, *forgets = inputs + gateStep, *candidates = forgets + gateStep,
        *outputs = candidates + gateStep;
  forEachVector(neurons, [&](auto at) {
    const Fraction fractions[4] = {sigmoid(at.load(inputs)), sigmoid(at.load(forgets)),
                                   tanh(at.load(candidates)), sigmoid(at.load(outputs))};
    const auto [input, forget, candidate, output] = quotients(fractions);
    const Vector state = forget * at.load(cellBefore) + input * candidate;
    at.store(inputs, input);
    at.store(forgets, forget);
    at.store(candidates, candidate);
    at.store(outputs, output);
    at.store(cell, state);
    at.store(hidden, output * quotient(tanh(state)));
  });
}

// The gradients of a step: those of the hidden state come from above and from the next step, that of the
// cell, in `cellGradient`, from the next step; it is replaced by what flows to the step before.
// `gateGradients` are those before the squashing functions, and may take the place of `gates`.
inline void backwardCell(int neurons, int gateStep, const float* gates, const float* cellBefore,
                         const float* cell, const float* fromAbove, const float* fromNext,
                         float* cellGradient, float* gateGradients) {
  forEachVector(neurons, [&](auto at) {
    const Vector input = at.load(gates), forget = at.load(gates + gateStep);
    const Vector candidate = at.load(gates + 2 * gateStep), output = at.load(gates + 3 * gateStep);
    const Vector squashed = quotient(tanh(at.load(cell)));
    const Vector hidden = at.load(fromAbove) + at.load(fromNext);
    const Vector state = at.load(cellGradient) + hidden * output * (1.0f - squashed * squashed);
    at.store(gateGradients, state * candidate * input * (1.0f - input));
    at.store(gateGradients + gateStep, state * at.load(cellBefore) * forget * (1.0f - forget));
    at.store(gateGradients + 2 * gateStep, state * input * (1.0f - candidate * candidate));
    at.store(gateGradients + 3 * gateStep, hidden * squashed * output * (1.0f - output));
    at.store(cellGradient, state * forget);
  });
}

}  // namespace palimpsest
