// What TensorFlow calls. Inputs and outputs of each operation are listed in register.cc.
#pragma once
#include "call.h"

namespace palimpsest {

void lstmForward(Call& call);
void lstmBackward(Call& call);
void read(Call& call);
void learn(Call& call);
void softmaxCrossEntropy(Call& call);
void clipAdam(Call& call);
void generate(Call& call);
void abilities(Call& call);

}  // namespace palimpsest
