// A folder of its own for a test's database files, gone afterwards.
#pragma once

#include "storage/connection.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace ackd {

class StorageFolder {
public:
    StorageFolder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "ackd-test-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) std::abort();
        path_ = name;
    }
    ~StorageFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    StorageFolder(const StorageFolder&) = delete;
    StorageFolder& operator=(const StorageFolder&) = delete;

    [[nodiscard]] std::string path() const { return path_.string(); }
    [[nodiscard]] std::string file(const char* name) const { return (path_ / name).string(); }
    [[nodiscard]] std::size_t file_count() const
    {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator{path_}, {}));
    }

private:
    std::filesystem::path path_;
};

inline std::string bytes_of(const std::string& file)
{
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

inline void write_bytes(const std::string& file, const std::string& bytes)
{
    std::ofstream{file, std::ios::binary | std::ios::trunc} << bytes;
}

}  // namespace ackd
