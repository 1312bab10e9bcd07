// Compiled into TensorFlow's binding: TensorFlow logs through absl, which does not read TF_CPP_MIN_LOG_LEVEL
// itself and would tell everything. The two lines that TensorFlow logs while it is being loaded come before
// this.
#include <cstdlib>

#include "absl/base/log_severity.h"
#include "absl/log/globals.h"

static const bool quiet = [] {
  const char* level = std::getenv("TF_CPP_MIN_LOG_LEVEL");
  absl::SetMinLogLevel(static_cast<absl::LogSeverityAtLeast>(level == nullptr ? 0 : std::atoi(level)));
  return true;
}();
