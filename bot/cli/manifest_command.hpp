// `ackd manifest`: what to paste under "Create an app, from a manifest".
#pragma once

#include <string>

namespace ackd::cli {

struct ManifestCommandOptions {
    std::string mode = "socket";  ///< or http
    std::string request_url;      ///< http only, and needed there
    std::string name = "ackd";
    std::string format = "yaml";  ///< or json
    std::string policy_path;      ///< what this policy makes use of is asked for too; empty: no policy
};

/// 0: printed; 2: what was asked for is no manifest that Slack takes; standard error says why.
[[nodiscard]] int run_manifest(const ManifestCommandOptions& options);

}  // namespace ackd::cli
