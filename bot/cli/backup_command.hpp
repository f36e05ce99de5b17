// `ackd backup FILE`: a copy of the database as it stands, beside a running ackd.
#pragma once

#include <string>

namespace ackd::cli {

struct BackupCommandOptions {
    std::string state_directory;
    std::string file;
};

/// The copy is complete or is not there; only its owner can read it. Refuses to write over anything. The exit
/// status: 0 done, 1 not possible now, 2 something is to be corrected.
int run_backup(const BackupCommandOptions& options);

}  // namespace ackd::cli
