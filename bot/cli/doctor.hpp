// `ackd doctor`: looks at everything that ackd needs, and says what to do about what is missing. It posts
// nothing, writes nothing, and lets a running ackd run.
#pragma once

#include <string>

namespace ackd::cli {

struct DoctorOptions {
    std::string configuration_path;  ///< empty: all defaults
    std::string state_directory;
    double timeout_seconds = 10;  ///< the longest wait for any one thing
    bool as_json = false;
};

/// 0: nothing to repair; 1: something is wrong. Prints to standard output; ends within about 20 seconds.
[[nodiscard]] int run_doctor(const DoctorOptions& options);

}  // namespace ackd::cli
