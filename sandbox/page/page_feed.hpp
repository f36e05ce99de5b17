// The open pages, and what they are told: everything at first, then every change (web/sandbox/PROTOCOL.md).
//
// A change is written once and sent to all. A page that does not read is cut; it comes back by itself and
// gets everything anew.
#pragma once

#include "sandbox/model/view_book.hpp"
#include "sandbox/model/workspace.hpp"
#include "sandbox/page/read_marks.hpp"
#include "sandbox/wire/web_socket.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace sandbox {

class SandboxCore;

class PageFeed {
public:
    static constexpr std::size_t pages_max = 200;
    static constexpr std::size_t unsent_bytes_max = 16U << 20U;

    explicit PageFeed(SandboxCore& core);
    ~PageFeed();
    PageFeed(const PageFeed&) = delete;
    PageFeed& operator=(const PageFeed&) = delete;

    /// Null: there are too many.
    std::shared_ptr<WebSocketListener> admit();
    [[nodiscard]] std::size_t open_pages() const { return pages_.size(); }
    void close_all();

    /// Tells what people see differently, and whatever else changed since the last call.
    void tell(const std::vector<VisibleChange>& changes);
    void tell_wire();
    void tell_app();
    void tell_clock();
    void tell_faults();
    void tell_teammates();

    /// That person has seen all of it.
    void mark_read(const UserId& user, const Channel& channel);
    [[nodiscard]] const ReadMarks& marks() const { return marks_; }

private:
    class Page;

    void greet(Page& page, std::shared_ptr<WebSocket> socket);
    void watch_wire(Page& page, bool on);
    void closed(const Page& page);
    void broadcast(const Json& frame);
    static void send(const Page& page, std::string frame);

    [[nodiscard]] Json frame_of(const VisibleChange& change) const;
    [[nodiscard]] Json connection() const;
    [[nodiscard]] Json unread_of_all();
    void tell_views(const ViewBook::Changes& changes);
    void tell_unread(const Channel& channel);

    SandboxCore& core_;
    ReadMarks marks_;
    std::vector<std::shared_ptr<Page>> pages_;
    std::string connection_;                              ///< as last told
    std::map<std::pair<UserId, ChannelId>, int> unread_;  ///< as last told; what is missing is 0
};

}  // namespace sandbox
