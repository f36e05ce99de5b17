#include "adapters/outside/outside_request.hpp"

#include "adapters/outside/encoded_word.hpp"
#include "adapters/outside/mail_text.hpp"
#include "adapters/outside/webhook_signature.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>

namespace ackd::outside {

namespace {

constexpr std::size_t title_size_max = 200;
/// ntfy takes what is longer for a file.
constexpr std::size_t push_text_size_max = 4'000;

/// RFC 3339, in UTC.
std::string rfc3339_of(Instant at)
{
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(at)));
}

std::string json_of(const std::string& id, const OutsideMessage& message)
{
    nlohmann::ordered_json facts = nlohmann::ordered_json::object();
    for (const auto& [name, value] : message.facts) facts[name] = value;
    const nlohmann::ordered_json body{{"id", id},
                                      {"event", message.event},
                                      {"key", message.key},
                                      {"title", message.title},
                                      {"text", message.text},
                                      {"priority", message.priority},
                                      {"link", message.link},
                                      {"facts", std::move(facts)},
                                      {"at", rfc3339_of(message.at)}};
    return body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Fault missing_secret(const std::string& destination, std::string_view what_for)
{
    return {FaultKind::configuration,
            fmt::format("{} has no secret{}: set {}, or the systemd credential {}",
                        destination,
                        what_for,
                        variable_of(destination),
                        credential_of(destination))};
}

Result<HttpRequest> build_webhook(const Delivery& delivery,
                                  const TellOutside& told,
                                  const DestinationSecret& secret,
                                  Instant now)
{
    if (secret.current.empty())
        return missing_secret(told.destination.name, " that signs what is told there");
    const std::string id = id_of(delivery);
    const std::string timestamp = webhook_timestamp(now);
    HttpRequest request;
    request.url = told.destination.address;
    request.body = json_of(id, told.message);
    const auto signature = webhook_signature(secret, id, timestamp, *request.body);
    if (!signature) {
        return Fault{FaultKind::configuration,
                     fmt::format("{} begins with whsec_, and what follows is no Base64",
                                 variable_of(told.destination.name))};
    }
    request.headers = {"Content-Type: application/json",
                       "webhook-id: " + id,
                       "webhook-timestamp: " + timestamp,
                       "webhook-signature: " + *signature};
    return request;
}

/// ntfy's scale of one to five; 0: it has none.
int push_priority(std::string_view priority)
{
    if (priority == "now") return 5;
    if (priority == "today") return 4;
    if (priority == "week") return 3;
    if (priority == "fyi") return 2;
    return 0;
}

/// Up to a character's end. What is no UTF-8 is the receiver's to show.
std::string cut(const std::string& text, std::size_t size_max)
{
    std::size_t size = std::min(text.size(), size_max);
    if (size < text.size())
        while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80U) --size;
    return text.substr(0, size);
}

bool is_plain(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

bool is_tag(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

HttpRequest build_push(const TellOutside& told, const DestinationSecret& secret)
{
    const OutsideMessage& message = told.message;
    HttpRequest request;
    request.url = told.destination.address;
    // A message without a text is its title.
    request.body = cut(message.text.empty() ? message.title : message.text, push_text_size_max);
    request.headers = {"Content-Type: text/plain; charset=utf-8"};
    const std::string title = as_one_line(message.title, title_size_max);
    if (!title.empty() && !message.text.empty())
        request.headers.push_back("Title: " + as_encoded_words(title, " "));
    if (const int priority = push_priority(message.priority); priority > 0)
        request.headers.push_back(fmt::format("Priority: {}", priority));
    if (is_tag(message.event)) request.headers.push_back("Tags: " + message.event);
    if (!message.link.empty() && is_plain(message.link)) request.headers.push_back("Click: " + message.link);
    if (!secret.current.empty()) request.headers.push_back("Authorization: Bearer " + secret.current);
    return request;
}

}  // namespace

std::string id_of(const Delivery& delivery)
{
    const auto intended = std::chrono::floor<std::chrono::seconds>(delivery.intended_at.time_since_epoch());
    return fmt::format("ackd-{}-{}", delivery.id.value, intended.count());
}

Result<HttpRequest> build_request(const Delivery& delivery,
                                  const TellOutside& told,
                                  const DestinationSecret& secret,
                                  Instant now)
{
    if (told.destination.kind == DestinationKind::webhook) return build_webhook(delivery, told, secret, now);
    if (told.destination.kind == DestinationKind::push) return build_push(told, secret);
    HttpRequest heartbeat;
    heartbeat.url = told.destination.address;
    return heartbeat;
}

Result<MailRequest> build_mail(const Delivery& delivery,
                               const TellOutside& told,
                               const std::optional<MailServer>& server)
{
    if (!server) {
        return Fault{FaultKind::configuration,
                     "the configuration has no mail server: [mail] with server and from"};
    }
    if (!server->user.empty() && server->password.empty()) {
        return Fault{FaultKind::configuration,
                     "the mail server's user has no password: set SMTP_PASSWORD, or the systemd credential "
                     "smtp-password"};
    }
    MailRequest request;
    const bool is_v6 = server->host.find(':') != std::string::npos;
    request.url = fmt::format("{}://{}:{}/{}",
                              server->encryption == MailEncryption::tls ? "smtps" : "smtp",
                              is_v6 ? "[" + server->host + "]" : server->host,
                              server->port,
                              domain_of_mail_address(server->from));
    request.from = server->from;
    request.to = told.destination.address;
    request.text = mail_text({server->from, told.destination.address}, id_of(delivery), told.message);
    return request;
}

}  // namespace ackd::outside
