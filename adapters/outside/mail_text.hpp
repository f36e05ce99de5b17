// What is told outside as a mail (RFC 5322): plain text in UTF-8. Pure.
//
// A mail that is sent twice is the same one, by its Message-ID, and mail programs show it once; mails about
// one thing stand in one thread, since all of them answer a mail of that thing that was never sent. Programs
// that answer mail leave it alone (RFC 3834).
#pragma once

#include "bot/destinations/destination.hpp"

#include <string>
#include <string_view>

namespace ackd::outside {

struct MailEnds {
    std::string from;  ///< "ackd@example.com"
    std::string to;
};

/// "example.com"
[[nodiscard]] std::string domain_of_mail_address(std::string_view address);

/// The whole mail, its lines ended by CR LF and none longer than 78 characters. `id`: of the delivery, the
/// same each time.
[[nodiscard]] std::string mail_text(const MailEnds& ends, std::string_view id, const OutsideMessage& message);

}  // namespace ackd::outside
