// Runs a fuzz target over files, where there is no libFuzzer: fuzz_… FILE…
#include "tests/fuzz/fuzz_target.hpp"

#include <fstream>
#include <iterator>
#include <string>

int main(int count, char** paths)
{
    for (int at = 1; at < count; ++at) {
        std::ifstream file{paths[at], std::ios::binary};
        const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
        if (!file) {
            std::fprintf(stderr, "%s: cannot be read\n", paths[at]);
            return 1;
        }
        std::fprintf(stderr, "%s\n", paths[at]);
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    }
    return 0;
}
