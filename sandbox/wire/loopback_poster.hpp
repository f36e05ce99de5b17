// POSTs over the machine's own network: a connection each, closed afterwards.
#pragma once

#include "sandbox/wire/http_poster.hpp"

#include <memory>

namespace boost::asio {
class io_context;
}

namespace sandbox {

/// Answers of more than 1 MiB count as connection_failed. From the io_context's thread only.
class LoopbackPoster : public HttpPoster {
public:
    explicit LoopbackPoster(boost::asio::io_context& io);
    ~LoopbackPoster() override;

    void post(const OutgoingPost& post, std::chrono::milliseconds within, Done done) override;
    /// Ends what is on its way; nobody is told.
    void stop();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace sandbox
