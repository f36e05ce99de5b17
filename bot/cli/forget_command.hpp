// `ackd forget USER`: an administrator erases somebody who cannot ask for it in the chat. See
// docs/privacy.md.
#pragma once

#include <string>

namespace ackd::cli {

struct ForgetCommandOptions {
    std::string state_directory;
    std::string person;  ///< an id, or a name as in the chat
    bool confirmed = false;
};

/// Prints what it does. The exit status: 0 done, 1 not possible now, 2 something is to be corrected.
int run_forget(const ForgetCommandOptions& options);

}  // namespace ackd::cli
