#include "tests/unit/raw_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace ackd {

RawClient::RawClient(std::uint16_t port)
{
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval patience{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::abort();
}

RawClient::~RawClient()
{
    ::close(socket_);
}

bool RawClient::send(const std::string& bytes)
{
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const ssize_t count = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) return false;
        sent += static_cast<std::size_t>(count);
    }
    return true;
}

void RawClient::half_close()
{
    ::shutdown(socket_, SHUT_WR);
}

bool RawClient::read_more()
{
    char buffer[65536];
    const ssize_t count = ::recv(socket_, buffer, sizeof buffer, 0);
    if (count <= 0) return false;
    received_.append(buffer, static_cast<std::size_t>(count));
    return true;
}

RawClient::Answer RawClient::read_head()
{
    Answer answer;
    std::size_t end = 0;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
        if (!read_more()) return answer;
    }
    answer.head = received_.substr(0, end + 2);
    received_.erase(0, end + 4);
    answer.status = std::atoi(answer.head.c_str() + std::string{"HTTP/1.1 "}.size());
    return answer;
}

RawClient::Answer RawClient::read()
{
    Answer answer = read_head();
    const std::string name = "\r\nContent-Length: ";
    const auto at = answer.head.find(name);
    const std::size_t length = at == std::string::npos
                                   ? 0
                                   : std::strtoul(answer.head.c_str() + at + name.size(), nullptr, 10);
    while (received_.size() < length) {
        if (!read_more()) return answer;
    }
    answer.body = received_.substr(0, length);
    received_.erase(0, length);
    return answer;
}

bool RawClient::wait_for_end()
{
    char buffer[4096];
    for (;;) {
        const ssize_t count = ::recv(socket_, buffer, sizeof buffer, 0);
        if (count == 0) return true;
        if (count < 0) return errno == ECONNRESET;
    }
}

}  // namespace ackd
