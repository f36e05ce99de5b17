#include "tests/unit/slack_scripted_peer.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

namespace ackd::slack {
namespace {

std::string accept_key(const std::string& key)
{
    const std::string text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    unsigned char digest[SHA_DIGEST_LENGTH];
    SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
    unsigned char encoded[64];
    const int length = EVP_EncodeBlock(encoded, digest, SHA_DIGEST_LENGTH);
    return std::string{reinterpret_cast<char*>(encoded), static_cast<std::size_t>(length)};
}

std::string header_value(const std::string& head, const std::string& name)
{
    auto at = std::search(head.begin(), head.end(), name.begin(), name.end(), [](char a, char b) {
        return std::tolower(a) == std::tolower(b);
    });
    if (at == head.end()) return {};
    at += static_cast<std::ptrdiff_t>(name.size());
    std::string value{at, std::find(at, head.end(), '\r')};
    value.erase(0, value.find_first_not_of(": "));
    return value;
}

std::string text_frame(const std::string& text)
{
    std::string frame = "\x81";
    if (text.size() < 126) {
        frame += static_cast<char>(text.size());
    } else {
        frame += static_cast<char>(126);
        frame += static_cast<char>(text.size() >> 8U);
        frame += static_cast<char>(text.size() & 0xFFU);
    }
    return frame + text;
}

bool send_all(int connection, const std::string& bytes)
{
    return ::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

bool read_more(int connection, std::string& received)
{
    char buffer[65536];
    const ssize_t count = ::recv(connection, buffer, sizeof buffer, 0);
    if (count <= 0) return false;
    received.append(buffer, static_cast<std::size_t>(count));
    return true;
}

/// One masked client frame off the front; false: not yet complete.
bool take_frame(std::string& received, int& opcode, std::string& payload)
{
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(received[at]); };
    if (received.size() < 2) return false;
    std::size_t length = byte(1) & 0x7FU;
    std::size_t head = 2;
    if (length == 126) {
        if (received.size() < 4) return false;
        length = static_cast<std::size_t>(byte(2)) << 8U | byte(3);
        head = 4;
    }
    if (received.size() < head + 4 + length) return false;
    opcode = byte(0) & 0x0F;
    payload.clear();
    for (std::size_t at = 0; at < length; ++at) {
        payload += static_cast<char>(byte(head + 4 + at) ^ byte(head + at % 4));
    }
    received.erase(0, head + 4 + length);
    return true;
}

}  // namespace

ScriptedPeer::ScriptedPeer()
{
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::abort();
    if (::listen(listener_, 16) != 0) std::abort();
    socklen_t length = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread{[this] { accept_all(); }};
}

ScriptedPeer::~ScriptedPeer()
{
    ending_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    {
        const std::lock_guard lock{mutex_};
        for (const int connection : connections_) ::shutdown(connection, SHUT_RDWR);
    }
    for (std::thread& server : servers_) server.join();
    for (const int connection : connections_) ::close(connection);
    ::close(listener_);
}

std::string ScriptedPeer::api_url() const
{
    return "http://127.0.0.1:" + std::to_string(port_) + "/api/";
}

void ScriptedPeer::answer(const std::string& method,
                          const std::string& body,
                          const std::string& status,
                          const std::string& headers)
{
    const std::lock_guard lock{mutex_};
    Reply reply;
    reply.response = "HTTP/1.1 " + status + "\r\n" + headers +
                     "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    replies_[method] = std::move(reply);
}

void ScriptedPeer::cut_after(const std::string& method)
{
    const std::lock_guard lock{mutex_};
    replies_[method].cut = true;
}

void ScriptedPeer::accept_all()
{
    while (!ending_) {
        const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) break;
        const std::lock_guard lock{mutex_};
        connections_.push_back(connection);
        servers_.emplace_back([this, connection] { serve(connection); });
    }
}

void ScriptedPeer::serve(int connection)
{
    std::string received;
    for (;;) {
        std::size_t end = 0;
        while ((end = received.find("\r\n\r\n")) == std::string::npos) {
            if (!read_more(connection, received)) return;
        }
        const std::string head = received.substr(0, end + 2);
        received.erase(0, end + 4);
        if (const std::string key = header_value(head, "sec-websocket-key"); !key.empty()) {
            serve_websocket(connection, key, std::move(received));
            return;
        }
        const std::string length_text = header_value(head, "content-length");
        const std::size_t length = length_text.empty() ? 0 : std::stoul(length_text);
        while (received.size() < length) {
            if (!read_more(connection, received)) return;
        }
        const std::string target = head.substr(0, head.find(" HTTP/"));
        const std::string method = target.substr(target.rfind('/') + 1);
        Reply reply;
        {
            const std::lock_guard lock{mutex_};
            requests_[method].push_back(received.substr(0, length));
            reply = replies_[method];
        }
        changed_.notify_all();
        received.erase(0, length);
        if (reply.cut) {
            ::shutdown(connection, SHUT_RDWR);
            return;
        }
        if (!send_all(connection, reply.response)) return;
    }
}

void ScriptedPeer::serve_websocket(int connection, const std::string& key, std::string received)
{
    send_all(connection,
             "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
             "Sec-WebSocket-Accept: " +
                 accept_key(key) + "\r\n\r\n" + text_frame(R"({"type":"hello","num_connections":1})"));
    {
        const std::lock_guard lock{mutex_};
        sockets_.push_back(connection);
        ++sockets_opened_;
    }
    changed_.notify_all();
    int opcode = 0;
    std::string payload;
    do {
        while (take_frame(received, opcode, payload)) {
            if (opcode == 8) send_all(connection, std::string{"\x88\x02\x03\xE8", 4});
            if (opcode == 9)
                send_all(connection, std::string{"\x8A"} + static_cast<char>(payload.size()) + payload);
            {
                const std::lock_guard lock{mutex_};
                close_frames_heard_ += opcode == 8 ? 1 : 0;
                pongs_heard_ += opcode == 10 ? 1 : 0;
                if (opcode < 8) heard_ += payload + "\n";
            }
            changed_.notify_all();
        }
    } while (read_more(connection, received));
    const std::lock_guard lock{mutex_};
    std::erase(sockets_, connection);
}

bool ScriptedPeer::wait_until(const std::function<bool()>& condition)
{
    constexpr std::chrono::seconds patience{10};
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, patience, condition);
}

bool ScriptedPeer::wait_for_sockets(std::size_t count)
{
    return wait_until([&] { return sockets_.size() >= count; });
}

bool ScriptedPeer::wait_for_sockets_opened(int count)
{
    return wait_until([&] { return sockets_opened_ >= count; });
}

bool ScriptedPeer::wait_for_close_frames(int count)
{
    return wait_until([&] { return close_frames_heard_ >= count; });
}

bool ScriptedPeer::wait_for_pongs(int count)
{
    return wait_until([&] { return pongs_heard_ >= count; });
}

bool ScriptedPeer::wait_to_hear(const std::string& words)
{
    return wait_until([&] { return heard_.find(words) != std::string::npos; });
}

void ScriptedPeer::say(const std::string& text)
{
    say_raw(text_frame(text));
}

void ScriptedPeer::say_raw(const std::string& frame_bytes)
{
    const std::lock_guard lock{mutex_};
    for (const int socket : sockets_) send_all(socket, frame_bytes);
}

void ScriptedPeer::cut_sockets()
{
    const std::lock_guard lock{mutex_};
    for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
}

bool ScriptedPeer::wait_for_requests(const std::string& method, std::size_t count)
{
    return wait_until([&] { return requests_[method].size() >= count; });
}

std::vector<std::string> ScriptedPeer::requests(const std::string& method)
{
    const std::lock_guard lock{mutex_};
    return requests_[method];
}

}  // namespace ackd::slack
