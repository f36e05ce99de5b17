// The control API under /sandbox/: how a test or a demonstration plays the people of the workspace and looks
// at it.
//
// Every route takes a JSON object (routes that only look also take a query) and answers {"ok":true,…} or
// {"ok":false,"error":"…"} with a text for a person to read; an unknown member is an error, so that a
// misspelt one does not pass in silence. README.md has an example of each. Routes live in control_*.cpp by
// what they are about.
#pragma once

#include "sandbox/model/json.hpp"
#include "sandbox/model/outcome.hpp"
#include "sandbox/model/workspace.hpp"
#include "sandbox/wire/http_message.hpp"

#include <functional>
#include <optional>
#include <string>

namespace sandbox {

class SandboxCore;

class ControlApi {
public:
    explicit ControlApi(SandboxCore& core) : core_(core) {}

    void handle(const HttpRequest& request, const HttpReply& reply);

    using Done = std::function<void(Json)>;

private:
    using Run = void (ControlApi::*)(const Json& body, const Done& done);
    enum class Verb { post, look };
    struct Route {
        const char* path;
        Verb verb;
        const char* members;  ///< the names its body may have, separated by spaces; "*" for any
        Run run;
    };
    static const Route* find_route(const std::string& path);
    static Outcome<Json> read_body(const Route& route, const HttpRequest& request);
    /// That an object has these members only, and none of a wrong type. Nothing: it is so.
    static std::optional<Refusal> wrong_member(const char* members, const Json& body);

    // Reading a body; the refusal's error is the text for the person.
    [[nodiscard]] Outcome<const Channel*> channel_in(const Json& body) const;
    [[nodiscard]] Outcome<const User*> user_in(const Json& body, const char* key = "user") const;
    /// As user_in, but nothing when the member is absent.
    [[nodiscard]] Outcome<const User*> optional_user_in(const Json& body, const char* key) const;
    [[nodiscard]] Outcome<std::vector<UserId>> users_in(const Json& body, const char* key) const;
    [[nodiscard]] static Outcome<Ts> ts_in(const Json& body, const char* key = "ts");
    [[nodiscard]] static Outcome<std::string> text_in(const Json& body, const char* key);
    /// Also accepts the number as text, since queries have only text.
    [[nodiscard]] static Outcome<std::int64_t> number_in(const Json& body,
                                                         const char* key,
                                                         std::int64_t fallback,
                                                         std::int64_t max);

    // Messages.
    void post(const Json& body, const Done& done);
    void edit(const Json& body, const Done& done);
    void erase(const Json& body, const Done& done);
    void react(const Json& body, const Done& done);
    Outcome<Ts> post_one(const Json& body, const Json& defaults);
    /// The message meant by channel and ts.
    [[nodiscard]] Outcome<const Message*> message_in(const Json& body, const Channel& channel) const;
    // What people do with the app.
    void press(const Json& body, const Done& done);
    void command(const Json& body, const Done& done);
    void submit(const Json& body, const Done& done);
    void close_form(const Json& body, const Done& done);
    void shortcut(const Json& body, const Done& done);
    void open_home(const Json& body, const Done& done);
    // People and places.
    void user(const Json& body, const Done& done);
    void channel(const Json& body, const Done& done);
    void member(const Json& body, const Done& done);
    void group(const Json& body, const Done& done);
    // Looking.
    void view(const Json& body, const Done& done);
    void inbox(const Json& body, const Done& done);
    void home(const Json& body, const Done& done);
    void form(const Json& body, const Done& done);
    void workspace(const Json& body, const Done& done);
    void stats(const Json& body, const Done& done);
    [[nodiscard]] Json seen_message(const Channel& channel, const Message& message) const;
    [[nodiscard]] Json seen_ephemeral(const Ephemeral& ephemeral) const;
    [[nodiscard]] Json seen_by(const Channel& channel, const User& user, std::size_t limit) const;
    // The page.
    void history(const Json& body, const Done& done);
    void forms(const Json& body, const Done& done);
    void read(const Json& body, const Done& done);
    void offline(const Json& body, const Done& done);
    void teammates(const Json& body, const Done& done);
    // The app: how it is installed and reached.
    void manifest(const Json& body, const Done& done);
    void app(const Json& body, const Done& done);
    void delivery(const Json& body, const Done& done);
    [[nodiscard]] Json installed() const;
    // Transport and time.
    void faults(const Json& body, const Done& done);
    void rate_limits(const Json& body, const Done& done);
    void disconnect(const Json& body, const Done& done);
    void revoke(const Json& body, const Done& done);
    void wait(const Json& body, const Done& done);
    void expect(const Json& body, const Done& done);
    void clock(const Json& body, const Done& done);
    void time(const Json& body, const Done& done);
    [[nodiscard]] Outcome<Instant> goal_in(const Json& body) const;

    SandboxCore& core_;
};

/// The person-readable form of a refusal: "no_such_control: got_it is not there; there is done".
Json control_failure(const Refusal& refusal);

}  // namespace sandbox
