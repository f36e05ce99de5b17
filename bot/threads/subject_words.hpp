// The rarer words of a message: what it is about. Two messages that share several are likely about the same.
#pragma once

#include "bot/rich_text.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ackd {

class SubjectWords {
public:
    void add(const SubjectWords& other);
    /// Their hashes, sorted.
    [[nodiscard]] const std::vector<std::uint64_t>& words() const { return hashes_; }
    template <class Predicate>
    void remove_if(Predicate predicate)
    {
        std::erase_if(hashes_, predicate);
    }
    /// How many words both have.
    [[nodiscard]] std::size_t shared_with(const SubjectWords& other) const;

private:
    friend SubjectWords subject_words_of(const RichText& text);
    std::vector<std::uint64_t> hashes_;  ///< sorted, each once
};

/// Code counts as well: it is often the clearest of what a message is about.
[[nodiscard]] SubjectWords subject_words_of(const RichText& text);

}  // namespace ackd
