// An add-on for Node.js that turns standard error into a file for a moment and gives back what was written
// there. TensorFlow logs two lines by itself while its library is being loaded, before anything could ask it
// not to.
#include <fcntl.h>
#include <node_api.h>
#include <unistd.h>

#include <cstdio>
#include <string>

static int kept = -1;
static FILE* written = nullptr;

// Where anything fails, standard error stays as it is.
static napi_value TurnAway(napi_env, napi_callback_info) {
  if (kept >= 0) return nullptr;
  fflush(stderr);
  kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  written = kept < 0 ? nullptr : tmpfile();
  if (written) {
    dup2(fileno(written), STDERR_FILENO);
  } else if (kept >= 0) {
    close(kept);
    kept = -1;
  }
  return nullptr;
}

static napi_value GiveBack(napi_env env, napi_callback_info) {
  std::string text;
  if (kept >= 0) {
    fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
    kept = -1;
    rewind(written);
    char part[4096];
    for (size_t length; (length = fread(part, 1, sizeof part, written)) > 0;) text.append(part, length);
    fclose(written);
    written = nullptr;
  }
  napi_value result;
  napi_create_string_utf8(env, text.data(), text.size(), &result);
  return result;
}

static napi_value Init(napi_env env, napi_value exports) {
  napi_value turn_away, give_back;
  napi_create_function(env, "turnAway", NAPI_AUTO_LENGTH, TurnAway, nullptr, &turn_away);
  napi_create_function(env, "giveBack", NAPI_AUTO_LENGTH, GiveBack, nullptr, &give_back);
  napi_set_named_property(env, exports, "turnAway", turn_away);
  napi_set_named_property(env, exports, "giveBack", give_back);
  return exports;
}

NAPI_MODULE(NODE_GYP_MODULE_NAME, Init)
