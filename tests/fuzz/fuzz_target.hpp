// What a fuzz target is made of: any bytes in; whatever does not hold ends the program, which is a finding.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace ackd::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size)
{
    return size == 0 ? std::string_view{} : std::string_view{reinterpret_cast<const char*>(data), size};
}

inline void expect(bool holds, const char* what)
{
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

/// Takes the input apart into small decisions; what is left over is `rest`. Zeroes at its end.
class Choices {
public:
    explicit Choices(std::string_view bytes) : bytes_(bytes) {}

    [[nodiscard]] bool empty() const { return bytes_.empty(); }
    std::uint8_t byte()
    {
        if (bytes_.empty()) return 0;
        const auto value = static_cast<std::uint8_t>(bytes_.front());
        bytes_.remove_prefix(1);
        return value;
    }
    /// Up to the next line end, which is dropped.
    std::string_view line()
    {
        const std::string_view found = bytes_.substr(0, bytes_.find('\n'));
        bytes_.remove_prefix(found.size() < bytes_.size() ? found.size() + 1 : found.size());
        return found;
    }
    std::string_view rest()
    {
        const std::string_view all = bytes_;
        bytes_ = {};
        return all;
    }

private:
    std::string_view bytes_;
};

}  // namespace ackd::fuzz
