#include "adapters/outside/mail_text.hpp"

#include "adapters/outside/encoded_word.hpp"
#include "bot/base64.hpp"
#include "bot/sha256.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace ackd::outside {

namespace {

constexpr std::size_t subject_size_max = 200;
constexpr std::size_t body_line_size = 76;
/// "Subject: " and the rest fit into one line of 78.
constexpr std::size_t plain_subject_size_max = 69;

std::string subject_of(const std::string& title)
{
    const std::string line = as_one_line(title, subject_size_max);
    if (line.empty()) return "ackd";
    const std::string words = as_encoded_words(line, "\r\n ");
    if (words != line || line.size() <= plain_subject_size_max) return words;
    // Folded where a space is, and only there: what is put together again is the same text.
    std::string folded;
    std::size_t width = 0;
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t next = std::min(line.find(' ', at + 1), line.size());
        const std::string_view word = std::string_view{line}.substr(at, next - at);
        if (width > 0 && width + word.size() > plain_subject_size_max) {
            folded += "\r\n";
            width = 0;
        }
        folded += word;
        width += word.size();
        at = next;
    }
    return folded;
}

/// Lines end as mail says, whatever they ended with.
std::string body_of(const OutsideMessage& message)
{
    std::string text = message.text.empty() ? message.title : message.text;
    if (!message.link.empty()) text += "\n\n" + message.link;
    std::string body;
    for (const char c : text) {
        if (c == '\r') continue;
        if (c == '\n') body += '\r';
        body += c;
    }
    return body + "\r\n";
}

}  // namespace

std::string domain_of_mail_address(std::string_view address)
{
    return std::string{address.substr(address.rfind('@') + 1)};
}

std::string mail_text(const MailEnds& ends, std::string_view id, const OutsideMessage& message)
{
    const std::string domain = domain_of_mail_address(ends.from);
    // Whatever the key holds, what stands for it can stand in a header.
    const std::string subject_key = hex_of(sha256_of(message.key)).substr(0, 32);
    std::string mail = fmt::format("Date: {:%a, %d %b %Y %H:%M:%S} +0000\r\n"
                                   "From: {}\r\n"
                                   "To: {}\r\n"
                                   "Subject: {}\r\n"
                                   "Message-ID: <{}@{}>\r\n",
                                   fmt::gmtime(std::chrono::system_clock::to_time_t(message.at)),
                                   as_one_line(ends.from, destination_address_max),
                                   as_one_line(ends.to, destination_address_max),
                                   subject_of(message.title),
                                   as_one_line(id, body_line_size),
                                   domain);
    if (!message.key.empty()) {
        mail += fmt::format("In-Reply-To: <about-{0}@{1}>\r\n"
                            "References: <about-{0}@{1}>\r\n",
                            subject_key,
                            domain);
    }
    mail += "Auto-Submitted: auto-generated\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: base64\r\n"
            "\r\n";
    const std::string body = base64_of(body_of(message));
    for (std::size_t at = 0; at < body.size(); at += body_line_size) {
        mail += std::string_view{body}.substr(at, body_line_size);
        mail += "\r\n";
    }
    return mail;
}

}  // namespace ackd::outside
