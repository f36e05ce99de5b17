#include "bot/cli/text_file.hpp"

#include <fstream>
#include <iostream>

namespace ackd::cli {

namespace {

constexpr std::size_t file_size_max = 1'000'000;

}  // namespace

TextFile read_text_file(const std::string& path)
{
    TextFile read;
    std::ifstream opened;
    if (path != "-") opened.open(path, std::ios::binary);
    std::istream& file = path == "-" ? std::cin : opened;
    if (file) {
        read.text.resize(file_size_max + 1);
        file.read(read.text.data(), static_cast<std::streamsize>(read.text.size()));
        read.text.resize(static_cast<std::size_t>(file.gcount()));
    }
    if (read.text.size() > file_size_max)
        read.problem = "is larger than 1 MB";
    else if (file.bad() || !file.eof())
        read.problem = "cannot be read: is the path right?";
    return read;
}

}  // namespace ackd::cli
