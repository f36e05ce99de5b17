// An open connection to a peer as a stream of bytes, plain or in TLS, behind one small interface: the TLS
// types are instantiated in byte_stream.cpp only.
#pragma once

#include "adapters/asio/interrupts.hpp"
#include "adapters/asio/task.hpp"
#include "adapters/slack/endpoint.hpp"

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/buffer.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace ackd::slack {

/// Whether more is read from a connection now, or later (because there is no room for it).
enum class Reading { go_on, hold };

/// How a connection is encrypted.
struct TlsFacts {
    std::string protocol;                       ///< "TLSv1.3"
    std::chrono::sys_seconds certificate_ends;  ///< of the peer's own certificate, which has been verified
};

/// One read and one write may be under way at a time; a stream outlives them.
class ByteStream {
public:
    using Handler = asio::any_completion_handler<void(error_code, std::size_t)>;

    virtual ~ByteStream() = default;
    virtual void read_some(asio::mutable_buffer room, Handler handler) = 0;
    virtual void write_some(asio::const_buffer bytes, Handler handler) = 0;
    /// Ends the connection at once; what is under way fails.
    virtual void close() = 0;
    /// Open, and nothing has come that nobody asked for (which, on an idle connection, is the peer closing
    /// it).
    [[nodiscard]] virtual bool is_idle() = 0;
    [[nodiscard]] virtual IoExecutor executor() = 0;
    /// Nothing: in the clear.
    [[nodiscard]] virtual std::optional<TlsFacts> tls() = 0;
};

/// Certificates are verified against the system's authorities, host names too, TLS 1.2 or newer.
class TlsSettings {
public:
    TlsSettings();
    ~TlsSettings();
    TlsSettings(const TlsSettings&) = delete;
    TlsSettings& operator=(const TlsSettings&) = delete;

    struct Context;
    [[nodiscard]] Context& context() { return *context_; }

private:
    std::unique_ptr<Context> context_;
};

/// Connects. Faults: `temporary` (nothing was sent) with the peer and the reason in words.
[[nodiscard]] Task<Result<std::unique_ptr<ByteStream>>> open_byte_stream(const Endpoint& endpoint,
                                                                         TlsSettings& tls,
                                                                         Interrupts& interrupts,
                                                                         std::chrono::milliseconds limit);

}  // namespace ackd::slack
