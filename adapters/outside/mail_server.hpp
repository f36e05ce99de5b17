// Where mail is handed over, as the configuration says it. It is the operator's choice, so any address will
// do.
#pragma once

#include <string>

namespace ackd::outside {

enum class MailEncryption {
    starttls,  ///< the connection begins in the clear, and does not go on so
    tls,       ///< from the first byte
    none,      ///< a server on this machine, or in a network that is trusted
};

struct MailServer {
    std::string host;
    unsigned port = 587;
    MailEncryption encryption = MailEncryption::starttls;
    std::string from;
    std::string user;         ///< empty: it asks for none
    std::string password;     ///< of `user`
    std::string authorities;  ///< a file of certificates to trust instead of the system's; or empty
};

}  // namespace ackd::outside
