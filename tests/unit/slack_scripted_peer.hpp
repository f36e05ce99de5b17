// A peer for tests of the Slack adapter: one thread, blocking sockets, HTTP answers from a table, and
// WebSockets that say what they are told. Knows nothing of Slack.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace ackd::slack {

class ScriptedPeer {
public:
    ScriptedPeer();
    ~ScriptedPeer();
    ScriptedPeer(const ScriptedPeer&) = delete;
    ScriptedPeer& operator=(const ScriptedPeer&) = delete;

    [[nodiscard]] int port() const { return port_; }
    [[nodiscard]] std::string api_url() const;

    /// The answer to every request whose path ends in `method`: status line and headers (without length),
    /// then body.
    void answer(const std::string& method,
                const std::string& body,
                const std::string& status = "200 OK",
                const std::string& headers = "");
    /// Requests for `method` are read, and then the connection is cut.
    void cut_after(const std::string& method);

    /// Waits until `count` WebSockets are open. False: it took too long.
    [[nodiscard]] bool wait_for_sockets(std::size_t count);
    /// Waits until that many have been opened in all, whatever became of them.
    [[nodiscard]] bool wait_for_sockets_opened(int count);
    /// On every open WebSocket.
    void say(const std::string& text);
    void say_raw(const std::string& frame_bytes);
    void cut_sockets();
    /// Waits for a text that contains `words`, on any WebSocket.
    [[nodiscard]] bool wait_to_hear(const std::string& words);
    /// Waits for this many closing frames.
    [[nodiscard]] bool wait_for_close_frames(int count);
    [[nodiscard]] bool wait_for_pongs(int count);
    [[nodiscard]] bool wait_for_requests(const std::string& method, std::size_t count);
    /// The bodies of all requests for a method.
    [[nodiscard]] std::vector<std::string> requests(const std::string& method);

private:
    struct Reply {
        std::string response;
        bool cut = false;
    };
    void accept_all();
    void serve(int connection);
    void serve_websocket(int connection, const std::string& key, std::string received);
    [[nodiscard]] bool wait_until(const std::function<bool()>& condition);

    int listener_ = -1;
    int port_ = 0;
    std::atomic<bool> ending_{false};
    std::thread acceptor_;
    std::mutex mutex_;  ///< guards what follows
    std::condition_variable changed_;
    int sockets_opened_ = 0;
    int close_frames_heard_ = 0;
    int pongs_heard_ = 0;
    std::vector<std::thread> servers_;
    std::vector<int> connections_;
    std::vector<int> sockets_;
    std::map<std::string, Reply> replies_;
    std::map<std::string, std::vector<std::string>> requests_;
    std::string heard_;
};

}  // namespace ackd::slack
