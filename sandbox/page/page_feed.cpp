#include "sandbox/page/page_feed.hpp"

#include "sandbox/page/page_objects.hpp"
#include "sandbox/sandbox_core.hpp"

#include <algorithm>

namespace sandbox {

class PageFeed::Page final : public WebSocketListener {
public:
    explicit Page(PageFeed& owner) : feed(&owner) {}

    void on_open(std::shared_ptr<WebSocket> opened) override
    {
        if (feed != nullptr) feed->greet(*this, std::move(opened));
    }
    void on_text(std::string_view text) override
    {
        const auto frame = parse_json(text);
        if (!frame || feed == nullptr) return;
        if (text_member(*frame, "type") == "watch_wire")
            feed->watch_wire(*this, member(*frame, "on") == Json(true));
    }
    void on_binary() override {}
    void on_pong() override {}
    void on_sent() override {}
    void on_closed() override
    {
        if (feed != nullptr) feed->closed(*this);
    }

    PageFeed* feed;  ///< null once the feed is gone
    std::shared_ptr<WebSocket> socket;
    bool watches_wire = false;
};

PageFeed::PageFeed(SandboxCore& core) : core_(core) {}

PageFeed::~PageFeed()
{
    for (const auto& page : pages_) page->feed = nullptr;
}

std::shared_ptr<WebSocketListener> PageFeed::admit()
{
    if (pages_.size() >= pages_max) return nullptr;
    pages_.push_back(std::make_shared<Page>(*this));
    return pages_.back();
}

void PageFeed::close_all()
{
    const auto pages = pages_;
    for (const auto& page : pages)
        if (page->socket) page->socket->close();
}

void PageFeed::closed(const Page& page)
{
    std::erase_if(pages_, [&page](const auto& each) { return each.get() == &page; });
}

void PageFeed::send(const Page& page, std::string frame)
{
    if (!page.socket) return;
    if (page.socket->unsent_bytes() > unsent_bytes_max) return page.socket->cut();
    page.socket->send(std::move(frame));
}

void PageFeed::broadcast(const Json& frame)
{
    if (pages_.empty()) return;
    const std::string text = dump(frame);
    const auto pages = pages_;  // one that is cut leaves the list
    for (const auto& page : pages) send(*page, text);
}

Json PageFeed::connection() const
{
    return {{"sockets", core_.hub.open_sockets()},
            {"unconfirmed", core_.hub.unconfirmed()},
            {"is_http", core_.http.is_chosen()}};
}

Json PageFeed::unread_of_all()
{
    unread_.clear();
    Json all = Json::object();
    for (const auto& [id, channel] : core_.workspace.channels()) {
        for (const UserId& user : channel.members) {
            const int count = marks_.unread(user, channel);
            if (count == 0) continue;
            unread_[{user, id}] = count;
            all[user.value][id.value] = count;
        }
    }
    return all;
}

void PageFeed::greet(Page& page, std::shared_ptr<WebSocket> socket)
{
    core_.wire.watch();
    core_.settle();
    page.socket = std::move(socket);  // what has been until now is in the greeting
    const Workspace& workspace = core_.workspace;
    const Team& team = workspace.team();
    Json hello{{"type", "hello"},
               {"team", {{"id", team.id}, {"name", team.name}}},
               {"app", app_for_page(core_.app, team)},
               {"people", Json::array()},
               {"channels", Json::array()},
               {"groups", Json::array()},
               {"clock", core_.time.status()},
               {"teammates", core_.teammates.to_json()},
               {"faults", core_.faults_given},
               {"offline", core_.is_offline()},
               {"connection", connection()},
               {"unread", unread_of_all()}};
    for (const auto& [id, user] : workspace.users()) hello["people"].push_back(person_for_page(user));
    for (const auto& [id, channel] : workspace.channels())
        hello["channels"].push_back(channel_for_page(channel));
    for (const auto& [id, group] : workspace.groups()) hello["groups"].push_back(group_for_page(group));
    send(page, dump(hello));
}

void PageFeed::watch_wire(Page& page, bool on)
{
    constexpr std::size_t shown_at_first = 500;
    page.watches_wire = on;
    if (!on) return;
    Json frame{{"type", "wire"}, {"entries", Json::array()}};
    for (const WireLog::Entry& entry : core_.wire.last(shown_at_first))
        frame["entries"].push_back(to_json(entry));
    send(page, dump(frame));
}

Json PageFeed::frame_of(const VisibleChange& change) const
{
    const Workspace& workspace = core_.workspace;
    using What = VisibleChange::What;
    if (change.what == What::person) {
        const User* user = workspace.find_user(change.user);
        return user == nullptr ? Json{} : Json{{"type", "person"}, {"person", person_for_page(*user)}};
    }
    if (change.what == What::group) {
        const UserGroup* group = workspace.find_group(change.group);
        return group == nullptr ? Json{} : Json{{"type", "group"}, {"group", group_for_page(*group)}};
    }
    const Channel* channel = workspace.find_channel(change.channel);
    if (channel == nullptr) return {};
    if (change.what == What::channel) return {{"type", "channel"}, {"channel", channel_for_page(*channel)}};
    Json frame{{"channel", change.channel.value}};
    if (change.what == What::ephemeral) {
        frame["to"] = change.user.value;
        const auto found = channel->ephemerals.find(change.ts);
        const bool is_there = found != channel->ephemerals.end();
        frame["type"] = is_there ? "ephemeral" : "ephemeral_gone";
        if (is_there)
            frame["message"] = ephemeral_for_page(found->second, workspace.team());
        else
            frame["ts"] = change.ts.text();
        return frame;
    }
    const auto found = channel->messages.find(change.ts);
    const bool is_there = found != channel->messages.end();
    frame["type"] = is_there ? "message" : "message_gone";
    if (is_there)
        frame["message"] = message_for_page(*channel, found->second, workspace.team());
    else
        frame["ts"] = change.ts.text();
    return frame;
}

void PageFeed::tell(const std::vector<VisibleChange>& changes)
{
    const ViewBook::Changes views = core_.views.take_changes();
    if (pages_.empty()) return;
    std::set<ChannelId> touched;
    for (const VisibleChange& change : changes) {
        const Json frame = frame_of(change);
        if (!frame.is_null()) broadcast(frame);
        if (!change.channel.empty()) touched.insert(change.channel);
    }
    for (const ChannelId& id : touched)
        if (const Channel* channel = core_.workspace.find_channel(id)) tell_unread(*channel);
    tell_views(views);
    const Json now = connection();
    if (std::string text = dump(now); text != connection_) {
        connection_ = std::move(text);
        broadcast({{"type", "connection"}, {"connection", now}});
    }
    tell_wire();
}

void PageFeed::tell_views(const ViewBook::Changes& changes)
{
    for (const UserId& user : changes.homes) {
        if (const Json* view = core_.views.home(user))
            broadcast({{"type", "home"}, {"user", user.value}, {"view", *view}});
    }
    for (const UserId& user : changes.stacks)
        broadcast({{"type", "forms"}, {"user", user.value}, {"stack", core_.views.stack(user)}});
}

void PageFeed::tell_unread(const Channel& channel)
{
    for (const UserId& user : channel.members) {
        const int count = marks_.unread(user, channel);
        const auto known = unread_.find({user, channel.id});
        if (count == (known == unread_.end() ? 0 : known->second)) continue;
        if (count == 0)
            unread_.erase(known);
        else
            unread_[{user, channel.id}] = count;
        broadcast(
            {{"type", "unread"}, {"user", user.value}, {"channel", channel.id.value}, {"count", count}});
    }
}

void PageFeed::mark_read(const UserId& user, const Channel& channel)
{
    if (marks_.read(user, channel) && !pages_.empty()) tell_unread(channel);
}

void PageFeed::tell_wire()
{
    const auto entries = core_.wire.take_changes();
    if (entries.empty()) return;
    const bool is_watched = std::any_of(
        pages_.begin(), pages_.end(), [](const auto& page) { return page->watches_wire; });
    if (!is_watched) return;
    Json frame{{"type", "wire"}, {"entries", Json::array()}};
    for (const WireLog::Entry& entry : entries) frame["entries"].push_back(to_json(entry));
    const std::string text = dump(frame);
    const auto pages = pages_;
    for (const auto& page : pages)
        if (page->watches_wire) send(*page, text);
}

void PageFeed::tell_app()
{
    broadcast({{"type", "app"}, {"app", app_for_page(core_.app, core_.workspace.team())}});
}

void PageFeed::tell_clock()
{
    broadcast({{"type", "clock"}, {"clock", core_.time.status()}});
}

void PageFeed::tell_faults()
{
    broadcast({{"type", "faults"}, {"faults", core_.faults_given}, {"offline", core_.is_offline()}});
}

void PageFeed::tell_teammates()
{
    broadcast({{"type", "teammates"}, {"teammates", core_.teammates.to_json()}});
}

}  // namespace sandbox
