#include "adapters/outside/transfer.hpp"

#include "adapters/outside/outside_outcome.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <new>
#include <stdexcept>
#include <string_view>

namespace ackd::outside {

namespace {

/// Of an answer only the status counts: whatever comes after this is not waited for.
constexpr std::size_t answer_size_max = 16 * 1024;
constexpr std::size_t line_size_max = 512;

Fault fault_of_network(CURLcode end)
{
    switch (end) {
        case CURLE_COULDNT_RESOLVE_HOST: return {FaultKind::temporary, "its name could not be found"};
        case CURLE_COULDNT_CONNECT: return {FaultKind::temporary, "nobody answered at its address"};
        case CURLE_OPERATION_TIMEDOUT: return {FaultKind::temporary, "there was no answer in time"};
        case CURLE_PEER_FAILED_VERIFICATION:
            return {FaultKind::temporary, "its certificate is none that can be trusted"};
        case CURLE_SSL_CONNECT_ERROR: return {FaultKind::temporary, "TLS could not be agreed on"};
        case CURLE_SSL_CACERT_BADFILE:
            return {FaultKind::configuration, "the file of trusted certificates cannot be read"};
        case CURLE_USE_SSL_FAILED:
            return {FaultKind::configuration, "the mail server offers no STARTTLS, which [mail] demands"};
        case CURLE_LOGIN_DENIED:
            return {FaultKind::configuration, "the mail server does not accept the user and the password"};
        case CURLE_URL_MALFORMAT:
        case CURLE_UNSUPPORTED_PROTOCOL: return {FaultKind::permanent, "its address cannot be used"};
        default:
            return {FaultKind::temporary, fmt::format("the connection broke: {}", curl_easy_strerror(end))};
    }
}

}  // namespace

void prepare_curl()
{
    // For as long as the program lives: nothing else of it uses libcurl.
    static const CURLcode prepared = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (prepared != CURLE_OK) throw std::runtime_error{curl_easy_strerror(prepared)};
}

template <class Value>
void Transfer::set(CURLoption option, Value value)
{
    const CURLcode done = curl_easy_setopt(handle_.get(), option, value);
    if (done != CURLE_OK)
        throw std::logic_error{
            fmt::format("libcurl refuses option {}: {}", static_cast<int>(option), curl_easy_strerror(done))};
}

void Transfer::add(std::unique_ptr<curl_slist, ListEnd>& list, const std::string& line)
{
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc{};
    static_cast<void>(list.release());
    list.reset(longer);
}

Transfer::Transfer(const OutsideSettings& settings, const Delivery& delivery, Instant now)
    : id_(delivery.id), attempt_(delivery.attempt)
{
    const auto* told = std::get_if<TellOutside>(&delivery.effect);
    if (told == nullptr) {
        verdict_ = Fault{FaultKind::permanent, "nothing of the chat goes out by this door"};
        return;
    }
    destination_ = told->destination;
    // Overtaken: nobody is there to be asked whether it arrived, and it is not told again.
    if (delivery.only_look) {
        verdict_ = Done{};
        return;
    }
    prepare_curl();
    handle_.reset(curl_easy_init());
    if (handle_ == nullptr) throw std::bad_alloc{};
    if (destination_.kind == DestinationKind::mail)
        prepare_mail(settings, delivery, *told);
    else
        prepare_http(settings, delivery, *told, now);
    if (verdict_) return;

    set(CURLOPT_PRIVATE, static_cast<void*>(this));
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connect_within.count()));
    // A look-up that hangs is left to its thread, instead of holding up everybody else.
    set(CURLOPT_QUICK_EXIT, 1L);
    // What the environment or the home directory says of proxies and passwords is not for us.
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    // Each connection is looked at before it is made, so none is taken over from another destination.
    set(CURLOPT_FRESH_CONNECT, 1L);
    set(CURLOPT_FORBID_REUSE, 1L);
    set(CURLOPT_WRITEFUNCTION, &Transfer::take_body);
    set(CURLOPT_WRITEDATA, static_cast<void*>(this));
}

void Transfer::prepare_http(const OutsideSettings& settings,
                            const Delivery& delivery,
                            const TellOutside& told,
                            Instant now)
{
    if (!destination_.private_network.empty()) {
        private_network_ = parse_network(destination_.private_network);
        if (!private_network_) {
            verdict_ = Fault{FaultKind::permanent, "its private_network is no network"};
            return;
        }
    }
    auto request = build_request(delivery, told, settings.secrets.of(destination_.name), now);
    if (!request) {
        verdict_ = request.error();
        return;
    }
    set(CURLOPT_URL, request->url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    set(CURLOPT_USERAGENT, settings.user_agent.c_str());
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(settings.answer_within.count()));
    set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::open_socket);
    set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(this));
    for (const std::string& header : request->headers) add(headers_, header);
    add(headers_, "Expect:");  // the body is sent at once
    set(CURLOPT_HTTPHEADER, headers_.get());
    if (!request->body) return;
    body_ = std::move(*request->body);
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body_.size()));
    set(CURLOPT_POSTFIELDS, body_.c_str());
}

void Transfer::prepare_mail(const OutsideSettings& settings,
                            const Delivery& delivery,
                            const TellOutside& told)
{
    auto mail = build_mail(delivery, told, settings.mail);
    if (!mail) {
        verdict_ = mail.error();
        return;
    }
    const MailServer& server = *settings.mail;
    set(CURLOPT_URL, mail->url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(settings.mail_within.count()));
    set(CURLOPT_USE_SSL,
        static_cast<long>(server.encryption == MailEncryption::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    if (!server.authorities.empty()) {
        set(CURLOPT_CAINFO, server.authorities.c_str());
        set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    }
    if (!server.user.empty()) {
        set(CURLOPT_USERNAME, server.user.c_str());
        set(CURLOPT_PASSWORD, server.password.c_str());
    }
    set(CURLOPT_MAIL_FROM, mail->from.c_str());
    add(recipients_, mail->to);
    set(CURLOPT_MAIL_RCPT, recipients_.get());
    set(CURLOPT_HEADERFUNCTION, &Transfer::take_line);
    set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    body_ = std::move(mail->text);
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_READFUNCTION, &Transfer::give_mail);
    set(CURLOPT_READDATA, static_cast<void*>(this));
}

curl_socket_t Transfer::open_socket(void* self, curlsocktype, curl_sockaddr* address)
{
    auto& transfer = *static_cast<Transfer*>(self);
    const auto ip = ip_address_of(address->addr, address->addrlen);
    if (!ip || !may_be_reached(*ip, transfer.private_network_)) {
        ++transfer.refused_addresses_;
        return CURL_SOCKET_BAD;
    }
    ++transfer.allowed_addresses_;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t Transfer::take_body(char*, std::size_t one, std::size_t size, void* self)
{
    auto& transfer = *static_cast<Transfer*>(self);
    transfer.taken_ += one * size;
    return transfer.taken_ > answer_size_max ? 0 : one * size;
}

std::size_t Transfer::take_line(char* bytes, std::size_t one, std::size_t size, void* self)
{
    const std::string_view line{bytes, one * size};
    // After it has refused, it still says good-bye.
    if (line.starts_with('4') || line.starts_with('5'))
        static_cast<Transfer*>(self)->refusal_ = line.substr(0, line_size_max);
    return one * size;
}

std::size_t Transfer::give_mail(char* bytes, std::size_t one, std::size_t size, void* self)
{
    auto& transfer = *static_cast<Transfer*>(self);
    const std::size_t count = transfer.body_.copy(bytes, one * size, transfer.given_);
    transfer.given_ += count;
    return count;
}

int Transfer::status() const
{
    long status = 0;
    if (handle_ != nullptr) curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
    return static_cast<int>(status);
}

EffectOutcome Transfer::outcome(CURLcode end) const
{
    if (verdict_) return *verdict_;
    const int code = status();
    if (destination_.kind == DestinationKind::mail) {
        if (end == CURLE_OK) return Done{};
        // The last reply says why, unless it said yes and the connection broke afterwards.
        return code >= 400 && end != CURLE_OPERATION_TIMEDOUT ? fault_of_smtp(code, refusal_)
                                                              : fault_of_network(end);
    }
    // More was answered than is read: its status came before.
    const bool has_answer = end == CURLE_OK || (end == CURLE_WRITE_ERROR && taken_ > answer_size_max);
    if (has_answer && code >= 200) {
        curl_off_t retry_after = 0;
        curl_easy_getinfo(handle_.get(), CURLINFO_RETRY_AFTER, &retry_after);
        return outcome_of_http(code, std::chrono::seconds{retry_after});
    }
    if (refused_addresses_ > 0 && allowed_addresses_ == 0)
        return Fault{FaultKind::permanent, "lies in a private network"};
    if (end == CURLE_UNSUPPORTED_PROTOCOL && allowed_addresses_ > 0)
        return Fault{FaultKind::temporary, "what answers there does not speak HTTP"};
    // A password in the address: what libcurl calls it is what a mail server's refusal is called.
    return fault_of_network(end == CURLE_LOGIN_DENIED ? CURLE_URL_MALFORMAT : end);
}

}  // namespace ackd::outside
