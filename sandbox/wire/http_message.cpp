#include "sandbox/wire/http_message.hpp"

namespace sandbox {

struct HttpReply::Way {
    explicit Way(Deliver given) : deliver(std::move(given)) {}
    Way(const Way&) = delete;
    Way& operator=(const Way&) = delete;
    ~Way() { finish(nullptr); }

    void finish(const HttpAnswer* answer)
    {
        if (const Deliver once = std::exchange(deliver, nullptr)) once(answer);
    }

    Deliver deliver;
};

HttpReply::HttpReply(Deliver deliver) : way_(std::make_shared<Way>(std::move(deliver))) {}

void HttpReply::send(const HttpAnswer& answer) const
{
    way_->finish(&answer);
}

void HttpReply::hang_up() const
{
    way_->finish(nullptr);
}

}  // namespace sandbox
