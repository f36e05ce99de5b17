#include "storage/forgotten_table.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace ackd::storage {

namespace {

std::string digest_of(const std::string& key, const std::string& id)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned int size = 0;
    HMAC(EVP_sha256(),
         key.data(),
         static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(id.data()),
         id.size(),
         bytes.data(),
         &size);
    return {reinterpret_cast<const char*>(bytes.data()), size};
}

}  // namespace

std::string ForgottenTable::key() const
{
    Statement row = connection_.prepare("SELECT value FROM settings WHERE name = 'forgotten_key'");
    return row.step() ? row.column_string(0) : std::string{};
}

bool ForgottenTable::contains(const std::string& id) const
{
    const std::string secret = key();
    if (secret.empty() || id.empty()) return false;
    const std::string digest = digest_of(secret, id);
    Statement row = connection_.prepare("SELECT 1 FROM forgotten_people WHERE digest = $1");
    row.bind_blob(1, digest);
    return row.step();
}

void ForgottenTable::add(const std::string& id)
{
    if (key().empty()) {
        // The database's own generator, which the system seeds: this number must not be guessed, and nothing
        // that is written to the journal depends on it.
        connection_
            .prepare("INSERT INTO settings (name, value) VALUES ('forgotten_key', hex(randomblob(32)))")
            .run();
    }
    const std::string digest = digest_of(key(), id);
    connection_.prepare("INSERT INTO forgotten_people (digest) VALUES ($1) ON CONFLICT DO NOTHING")
        .bind_blob(1, digest)
        .run();
}

bool ForgottenTable::remove(const std::string& id)
{
    const std::string secret = key();
    if (secret.empty()) return false;
    const std::string digest = digest_of(secret, id);
    connection_.prepare("DELETE FROM forgotten_people WHERE digest = $1").bind_blob(1, digest).run();
    return connection_.changed_rows() > 0;
}

}  // namespace ackd::storage
