// What people do with the app: commands, presses, forms, shortcuts, and the app's answers to them.
//
// Builds the payloads of interactivity, sends them over the SocketHub and shows what the confirmation brings
// back: an answer to a command, errors or the next step of a form. Answers by response_url end here too.
#pragma once

#include "sandbox/app/app_messages.hpp"
#include "sandbox/app/installed_app.hpp"
#include "sandbox/app/passes.hpp"
#include "sandbox/blocks/block_controls.hpp"
#include "sandbox/model/view_book.hpp"
#include "sandbox/model/workspace.hpp"
#include "sandbox/wire/http_message.hpp"
#include "sandbox/wire/socket_hub.hpp"

#include <functional>

namespace sandbox {

class Interactions {
public:
    /// The outcome as the control API tells it: {"ok":true,…} or {"ok":false,"error":…}.
    using Done = std::function<void(Json)>;

    /// Both clocks at the moment of acting, and at the moment of the answer.
    struct Clocks {
        std::function<Instant()> now;
        std::function<WallInstant()> wall;
    };

    Interactions(Workspace& workspace,
                 ViewBook& views,
                 TriggerBook& triggers,
                 ResponseUrls& urls,
                 AppMessages& messages,
                 SocketHub& hub,
                 Statistics& statistics,
                 Clocks clocks);

    /// Called when the app's answer to a command or a form is shown.
    void on_answer(std::function<void()> answered) { answered_ = std::move(answered); }
    /// Response URLs begin with this: "http://127.0.0.1:8080".
    void set_base_url(std::string base_url) { base_url_ = std::move(base_url); }

    void command(const Channel& channel,
                 const User& user,
                 const std::string& command,
                 const std::string& text,
                 const CommandDefinition& definition,
                 const Done& done);
    /// On a message or ephemeral message of a channel.
    void press_message(
        const Channel& channel, Ts ts, const User& user, const ControlChoice& choice, const Done& done);
    /// On the Home view or an open form.
    void press_view(const Json& view, const User& user, const ControlChoice& choice, const Done& done);
    /// Submits the visible form; the answer may close it, change it, or refuse with errors.
    void submit(const User& user, const Json& values, const Done& done);
    /// Closes the visible form without submitting.
    void close_form(const User& user, const Done& done);
    void message_shortcut(
        const Channel& channel, Ts ts, const User& user, const std::string& callback_id, const Done& done);
    void global_shortcut(const User& user, const std::string& callback_id, const Done& done);

    /// What was posted to /response/<token>.
    HttpAnswer respond(const std::string& token, const HttpRequest& request);

private:
    Json common(const char* type, const User& user);
    std::string response_url(ResponsePlace place);
    void send_interactive(bool accepts_payload,
                          const Json& payload,
                          std::function<void(SocketHub::Answer)> then);
    void show_command_answer(const ChannelId& channel,
                             const UserId& user,
                             const Json& payload,
                             const Done& done);
    void take_form_answer(const UserId& user, const Json& payload, const Done& done);

    Workspace& workspace_;
    ViewBook& views_;
    TriggerBook& triggers_;
    ResponseUrls& urls_;
    AppMessages& messages_;
    SocketHub& hub_;
    Statistics& statistics_;
    Clocks clocks_;
    std::string base_url_;
    std::function<void()> answered_;
};

}  // namespace sandbox
