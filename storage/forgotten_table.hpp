// Who was forgotten, in such a way that it can be asked but not read out: a keyed digest (HMAC-SHA-256) of
// each id. It is there because the chat goes on listing everybody; without it the next listing would bring
// their name back.
//
// The key lies in the same database. Whoever has the file, and an id, can find out whether that id is among
// the forgotten; the file alone names nobody.
#pragma once

#include "storage/connection.hpp"

#include <string>

namespace ackd::storage {

class ForgottenTable {
public:
    explicit ForgottenTable(Connection& connection) : connection_(connection) {}

    [[nodiscard]] bool contains(const std::string& id) const;
    /// The key is made with the first.
    void add(const std::string& id);
    /// They are back. False: they had not been forgotten.
    bool remove(const std::string& id);

private:
    [[nodiscard]] std::string key() const;

    Connection& connection_;
};

}  // namespace ackd::storage
