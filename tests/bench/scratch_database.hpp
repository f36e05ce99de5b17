// A migrated database in a folder of its own that is removed at the end. On a real disk: in memory, a durable
// commit would cost nothing.
#pragma once

#include "storage/connection.hpp"
#include "storage/migrations.hpp"

#include <stdlib.h>

#include <filesystem>
#include <stdexcept>
#include <string>

namespace ackd::bench {

/// The folder for what is measured: $ACKD_BENCH_DIR, else /var/tmp, which is never a file system in memory.
inline std::string scratch_root()
{
    const char* named = std::getenv("ACKD_BENCH_DIR");
    return named != nullptr && *named != '\0' ? named : "/var/tmp";
}

class ScratchFolder {
public:
    ScratchFolder()
    {
        path_ = scratch_root() + "/ackd-bench-XXXXXX";
        if (mkdtemp(path_.data()) == nullptr)
            throw std::runtime_error("cannot make a folder in " + scratch_root());
    }
    ~ScratchFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

class ScratchDatabase {
public:
    ScratchDatabase() : connection_(folder_.path() + "/bench.db", storage::OpenMode::create)
    {
        storage::migrate(connection_);
    }
    [[nodiscard]] storage::Connection& connection() { return connection_; }

private:
    ScratchFolder folder_;
    storage::Connection connection_;
};

}  // namespace ackd::bench
