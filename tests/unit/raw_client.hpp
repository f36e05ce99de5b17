// A client that sends what it is told, byte by byte if need be, and reads what comes. Knows no HTTP beyond
// where a response ends. For tests of servers.
#pragma once

#include <cstdint>
#include <string>

namespace ackd {

class RawClient {
public:
    /// Connects to this machine. A read waits 10 s at most.
    explicit RawClient(std::uint16_t port);
    ~RawClient();
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    /// False: the connection is gone.
    bool send(const std::string& bytes);
    void half_close();

    struct Answer {
        int status = 0;  ///< 0: the connection ended without one
        std::string head;
        std::string body;

        [[nodiscard]] bool has(const std::string& header_line) const
        {
            return head.find("\r\n" + header_line + "\r\n") != std::string::npos;
        }
    };
    /// The next response, with as much body as its Content-Length says.
    Answer read();
    /// The next response to a HEAD request: there is no body, whatever its Content-Length says.
    Answer read_head();
    /// Whether the server ends the connection.
    bool wait_for_end();

private:
    bool read_more();

    int socket_ = -1;
    std::string received_;
};

}  // namespace ackd
