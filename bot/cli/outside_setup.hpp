// What the outside adapter is given, from the configuration and the secrets: for `ackd run` and for
// `ackd destinations test` alike.
#pragma once

#include "adapters/outside/outside_settings.hpp"
#include "bot/cli/configuration.hpp"

namespace ackd::cli {

/// Takes the secrets out of the environment.
[[nodiscard]] outside::OutsideSettings load_outside_settings(const Configuration& configuration);

}  // namespace ackd::cli
