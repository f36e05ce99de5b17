// Pseudonyms: random tokens that stand for people and conversations wherever a row can never be changed
// again, which is in the journal. Who knows the token learns nothing; forgetting somebody takes away what
// their token stands for, and the journal's chain of hashes is what it was.
//
// A token is a letter for what it stands for and 16 letters of base32 (80 bits): "pq3kfz5l2m7ayd4xw".
#pragma once

#include "storage/connection.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace ackd::storage {

enum class PseudonymKind : char { person = 'p', conversation = 'c' };

class PseudonymTable {
public:
    /// `random` gives evenly distributed bits; those who only read need none.
    explicit PseudonymTable(Connection& connection, std::function<std::uint64_t()> random = {});

    /// The one token of this id, made when there is none yet. Nothing stands for nothing: an empty id stays
    /// empty.
    [[nodiscard]] std::string token_of(PseudonymKind kind, const std::string& original);

    /// What it stands for; nothing: it is no token, or was forgotten.
    [[nodiscard]] std::optional<std::string> original_of(const std::string& token) const;

    /// From now on its token stands for nothing. A later token of the same id is another one.
    void forget(const std::string& original);

private:
    Connection& connection_;
    std::function<std::uint64_t()> random_;
};

}  // namespace ackd::storage
