// One delivery on its way: a request made ready for libcurl, and what its end means. Whoever drives it (the
// adapter many at once, `ackd destinations test` one) knows nothing of what is in it.
#pragma once

#include "adapters/outside/address_guard.hpp"
#include "adapters/outside/outside_settings.hpp"
#include "bot/effect.hpp"

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <string>

namespace ackd::outside {

/// Before any handle is made; as often as one likes, from any thread.
void prepare_curl();

class Transfer {
public:
    /// `settings` outlive it.
    Transfer(const OutsideSettings& settings, const Delivery& delivery, Instant now);
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    /// Nothing: go on. Else it is over before it has begun, and there is nothing to drive.
    [[nodiscard]] const std::optional<EffectOutcome>& verdict() const { return verdict_; }
    [[nodiscard]] CURL* handle() const { return handle_.get(); }

    [[nodiscard]] OutboxId id() const { return id_; }
    [[nodiscard]] int attempt() const { return attempt_; }
    [[nodiscard]] const Destination& destination() const { return destination_; }

    /// Once it has ended so.
    [[nodiscard]] EffectOutcome outcome(CURLcode end) const;
    /// The last one that was answered; 0: there was no answer.
    [[nodiscard]] int status() const;

private:
    struct HandleEnd {
        void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    };
    struct ListEnd {
        void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    };

    void prepare_http(const OutsideSettings& settings,
                      const Delivery& delivery,
                      const TellOutside& told,
                      Instant now);
    void prepare_mail(const OutsideSettings& settings, const Delivery& delivery, const TellOutside& told);
    void add(std::unique_ptr<curl_slist, ListEnd>& list, const std::string& line);
    template <class Value>
    void set(CURLoption option, Value value);

    static curl_socket_t open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
    static std::size_t take_body(char* bytes, std::size_t one, std::size_t size, void* self);
    static std::size_t take_line(char* bytes, std::size_t one, std::size_t size, void* self);
    static std::size_t give_mail(char* bytes, std::size_t one, std::size_t size, void* self);

    OutboxId id_;
    int attempt_ = 1;
    Destination destination_;
    std::optional<EffectOutcome> verdict_;
    std::optional<Network> private_network_;

    std::string body_;  ///< of a request, or a whole mail
    std::size_t given_ = 0;
    std::size_t taken_ = 0;
    std::string refusal_;  ///< the last by a mail server, as it said it
    int refused_addresses_ = 0;
    int allowed_addresses_ = 0;

    std::unique_ptr<curl_slist, ListEnd> headers_;
    std::unique_ptr<curl_slist, ListEnd> recipients_;
    /// Last, so that it ends first: it uses the rest.
    std::unique_ptr<CURL, HandleEnd> handle_;
};

}  // namespace ackd::outside
