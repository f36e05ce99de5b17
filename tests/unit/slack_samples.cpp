// Everything Slack may send decodes to the right Input or is ignored on purpose: this table says which and
// why. It is held against our own payloads in tests/fixtures/slack and, when ACKD_SLACK_SAMPLES names a
// folder, against every *.json there. A payload that the table does not know fails.
#include "adapters/slack/effect_carrier.hpp"
#include "adapters/slack/payload_decoder.hpp"
#include "adapters/slack/workspace_reading.hpp"
#include "tests/unit/slack_decoding.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>

using namespace ackd;
using namespace ackd::slack;
using nlohmann::json;

namespace {

struct Row {
    const char* what;     ///< what the payload says that it is
    const char* becomes;  ///< the name of its Input
    const char* why;      ///< why nothing is done with it; "" for everything else
};

constexpr const char* nothing = "nothing_to_do";
constexpr const char* to_adapter = "the adapter itself acts on it, not the bot";
constexpr const char* not_subscribed = "not subscribed to, and nothing depends on it";
constexpr const char* bookkeeping = "Slack's bookkeeping, shown as a message; nobody said it";
constexpr const char* old_api = "of an older way of building apps; ackd has no such controls";
constexpr const char* not_called = "not_called";
constexpr const char* not_needed = "ackd does not call it";

const Row rows[] = {
    // what is said and done in channels
    {"event message", "message_posted", ""},
    {"event message/bot_message", "message_posted", ""},
    {"event message/file_share", "message_posted", ""},
    {"event message/me_message", "message_posted", ""},
    {"event message/thread_broadcast", "message_posted", ""},
    {"event message/message_changed", "message_edited", ""},
    {"event message/message_deleted", "message_deleted", ""},
    {"event message/message_replied", nothing, "only counts replies, which come as messages"},
    {"event message/channel_archive", nothing, bookkeeping},
    {"event message/channel_join", nothing, bookkeeping},
    {"event message/channel_leave", nothing, bookkeeping},
    {"event message/channel_name", nothing, bookkeeping},
    {"event message/channel_posting_permissions", nothing, bookkeeping},
    {"event message/channel_purpose", nothing, bookkeeping},
    {"event message/channel_topic", nothing, bookkeeping},
    {"event message/channel_unarchive", nothing, bookkeeping},
    {"event message/ekm_access_denied", nothing, bookkeeping},
    {"event message/group_topic", nothing, bookkeeping},
    {"event app_mention", nothing, "the same message comes as a message, too"},
    {"event reaction_added", "reaction_changed", ""},
    {"event reaction_removed", "reaction_changed", ""},

    // people and groups
    {"event team_join", "member_changed", ""},
    {"event user_change", "member_changed", ""},
    {"event user_profile_changed", nothing, "comes as user_change, too"},
    {"event user_status_changed", nothing, "comes as user_change, too; a status is not asked for"},
    {"event user_huddle_changed", nothing, "presence is none of our business"},
    {"event subteam_created", "group_changed", ""},
    {"event subteam_updated", "group_changed", ""},
    {"event subteam_members_changed", nothing, to_adapter},
    {"event subteam_self_added", nothing, to_adapter},
    {"event subteam_self_removed", nothing, to_adapter},
    {"event dnd_updated", nothing, "of the token's own user, which is us"},
    {"event dnd_updated_user", "do_not_disturb_changed", ""},
    {"event member_joined_channel", "channel_joined", ""},
    {"event member_left_channel", "channel_left", ""},

    // the installation
    {"event app_rate_limited", nothing, to_adapter},
    {"event app_uninstalled", nothing, to_adapter},
    {"event tokens_revoked", nothing, to_adapter},
    {"event app_home_opened", "home_opened", ""},
    {"event app_requested", nothing, "for administrators of the workspace"},
    {"event scope_granted", nothing, old_api},
    {"event scope_denied", nothing, old_api},
    {"event resources_added", nothing, old_api},
    {"event resources_removed", nothing, old_api},
    {"event user_resource_granted", nothing, old_api},
    {"event user_resource_denied", nothing, old_api},
    {"event user_resource_removed", nothing, old_api},
    {"event team_access_granted", nothing, "one workspace for each daemon"},
    {"event team_access_revoked", nothing, "one workspace for each daemon"},
    {"event team_domain_change",
     nothing,
     "learnt at the next start; until then the old address still leads there"},
    {"event team_rename", nothing, "the workspace is known by its id"},
    {"event email_domain_changed", nothing, not_subscribed},
    {"event grid_migration_started",
     nothing,
     "the Web API refuses meanwhile (migrations in api_outcome.cpp)"},
    {"event grid_migration_finished", nothing, "the Web API answers again"},
    {"event goodbye", nothing, old_api},

    // channels
    {"event channel_archive", "channel_changed", ""},
    {"event channel_created", nothing, not_subscribed},
    {"event channel_deleted", "channel_left", ""},
    {"event channel_history_changed", nothing, not_subscribed},
    {"event channel_id_changed", "channel_id_changed", ""},
    {"event channel_left", "channel_left", ""},
    {"event channel_rename", "channel_changed", ""},
    {"event channel_shared", nothing, "whoever is not of this workspace is told by their account"},
    {"event channel_unarchive", "channel_changed", ""},
    {"event channel_unshared", nothing, "whoever is not of this workspace is told by their account"},
    {"event group_archive", "channel_changed", ""},
    {"event group_close", nothing, not_subscribed},
    {"event group_deleted", "channel_left", ""},
    {"event group_history_changed", nothing, not_subscribed},
    {"event group_left", "channel_left", ""},
    {"event group_open", nothing, not_subscribed},
    {"event group_rename", "channel_changed", ""},
    {"event group_unarchive", "channel_changed", ""},
    {"event im_close", nothing, not_subscribed},
    {"event im_created", nothing, not_subscribed},
    {"event im_history_changed", nothing, not_subscribed},
    {"event im_open", nothing, not_subscribed},

    // what is no business of ackd's
    {"event call_rejected", nothing, not_subscribed},
    {"event emoji_changed", nothing, not_subscribed},
    {"event file_change", nothing, not_subscribed},
    {"event file_created", nothing, not_subscribed},
    {"event file_deleted", nothing, not_subscribed},
    {"event file_public", nothing, not_subscribed},
    {"event file_shared", nothing, not_subscribed},
    {"event file_unshared", nothing, not_subscribed},
    {"event invite_requested", nothing, not_subscribed},
    {"event link_shared", nothing, not_subscribed},
    {"event pin_added", nothing, not_subscribed},
    {"event pin_removed", nothing, not_subscribed},
    {"event star_added", nothing, not_subscribed},
    {"event star_removed", nothing, not_subscribed},
    {"event workflow_deleted", nothing, not_subscribed},
    {"event workflow_published", nothing, not_subscribed},
    {"event workflow_step_deleted", nothing, not_subscribed},
    {"event workflow_step_execute", nothing, not_subscribed},
    {"event workflow_unpublished", nothing, not_subscribed},

    // commands and controls
    {"command", "command_given", ""},
    {"interaction block_actions", "action_taken", ""},
    {"interaction message_action", "shortcut_used", ""},
    {"interaction shortcut", "shortcut_used", ""},
    {"interaction view_submission", "form_submitted", ""},
    {"interaction view_closed", nothing, "nothing is remembered of an open form"},
    {"interaction block_suggestion", nothing, "our menus come with their choices"},
    {"interaction interactive_message", nothing, old_api},
    {"interaction dialog_submission", nothing, old_api},
    {"interaction dialog_cancellation", nothing, old_api},
    {"interaction dialog_suggestion", nothing, old_api},

    // the Web API's answers
    {"answer auth.test", "workspace_known", ""},
    {"answer users.list", "members_listed", ""},
    {"answer usergroups.list", "groups_listed", ""},
    {"answer users.conversations", "conversations_listed", ""},
    {"answer dnd.teamInfo", "do_not_disturb_listed", ""},
    {"answer apps.connections.open", nothing, to_adapter},
    {"answer conversations.open", "effect_settled", ""},
    {"answer chat.postMessage", "effect_settled", ""},
    {"answer chat.update", "effect_settled", ""},
    {"answer chat.postEphemeral", "effect_settled", ""},
    {"answer conversations.history", "effect_settled", ""},
    {"answer conversations.replies", "effect_settled", ""},
    {"answer conversations.members", "effect_settled", ""},
    {"answer conversations.info", "effect_settled", ""},
    {"answer usergroups.users.list", "effect_settled", ""},
    {"answer bookmarks.add", not_called, not_needed},
    {"answer chat.delete", not_called, not_needed},
    {"answer chat.getPermalink", not_called, "links are made from the workspace's address"},
    {"answer chat.scheduleMessage", not_called, "the outbox keeps the time"},
    {"answer conversations.create", not_called, not_needed},
    {"answer conversations.invite", not_called, not_needed},
    {"answer conversations.join", not_called, "it goes where it is invited"},
    {"answer conversations.list", not_called, not_needed},
    {"answer dnd.info", not_called, "dnd.teamInfo tells of many people at once"},
    {"answer pins.add", not_called, not_needed},
    {"answer reactions.add", not_called, not_needed},
    {"answer reactions.get", not_called, not_needed},
    {"answer reactions.remove", not_called, not_needed},
    {"answer team.info", not_called, not_needed},
    {"answer users.getPresence", not_called, "presence is none of our business"},
    {"answer users.info", not_called, not_needed},
    {"answer users.lookupByEmail", not_called, not_needed},
    {"answer views.open", "effect_settled", ""},
    {"answer views.publish", "effect_settled", ""},
    {"answer views.push", not_called, "our forms are of one step"},
    {"answer views.update", not_called, "problems travel in the confirmation"},
};

const Row* row_of(const std::string& what)
{
    const auto* found = std::find_if(
        std::begin(rows), std::end(rows), [&](const Row& row) { return what == row.what; });
    return found == std::end(rows) ? nullptr : found;
}

// --- payloads whose values were blanked

bool is_stamp(const std::string& key)
{
    return key == "ts" || key.ends_with("_ts");
}

/// Samples are published with their values blanked; a payload of Slack's has them. What an empty text means
/// something in (no subtype, no further page) stays empty.
void fill_blanks(json& value, const std::string& key, int& count)
{
    if (value.is_object()) {
        for (auto& [name, member] : value.items()) fill_blanks(member, name, count);
    } else if (value.is_array()) {
        for (json& element : value) fill_blanks(element, key, count);
    } else if (value == "" && key != "subtype" && key != "next_cursor") {
        ++count;
        value = is_stamp(key) ? "1700000000." + std::to_string(100'000 + count) : "X" + std::to_string(count);
    }
}

std::string text_in(const json& value, const char* key)
{
    return value.is_object() && value.contains(key) && value[key].is_string() ? value[key].get<std::string>()
                                                                              : "";
}

// --- payloads

struct Sample {
    std::string what;
    PayloadKind kind = PayloadKind::event;
};

/// What a payload says that it is: by its own fields, and for answers by its file's name.
Sample sample_of(const std::filesystem::path& path, const json& payload)
{
    const std::string folder = path.parent_path().filename();
    if (folder == "api" || folder == "answers") return {"answer " + path.stem().string(), PayloadKind::event};
    if (payload.contains("command")) return {"command", PayloadKind::command};
    if (payload.contains("event")) {
        const json& event = payload["event"];
        const std::string subtype = text_in(event, "type") == "message" ? text_in(event, "subtype") : "";
        return {"event " + text_in(event, "type") + (subtype.empty() ? "" : "/" + subtype),
                PayloadKind::event};
    }
    if (text_in(payload, "type") == "app_rate_limited") return {"event app_rate_limited", PayloadKind::event};
    return {"interaction " + text_in(payload, "type"), PayloadKind::interaction};
}

/// The names of the Inputs, which are all of one kind.
std::string input_of(PayloadKind kind, const json& payload)
{
    JsonDocument document;
    const std::string bytes = payload.dump();
    const auto root = document.parse(bytes);
    REQUIRE(root.has_value());
    PayloadSource source;
    source.id = "env-1";
    std::vector<Input> inputs;
    const DecodedPayload decoded = decode_payload(kind, *root, std::move(source), identity(), inputs);
    CHECK(decoded.problem.empty());
    std::set<std::string> names;
    for (const Input& input : inputs) names.emplace(name_of(input.body));
    CHECK(names.size() == 1);
    return names.empty() ? "" : *names.begin();
}

// --- answers

/// Gives every call the same answer.
class OneAnswer final : public SlackApi {
public:
    explicit OneAnswer(json answer) : answer_(std::move(answer)) {}

    Task<Result<ApiAnswer>> call(ApiCall call) override
    {
        HttpAnswer http;
        http.status = 200;
        http.body = answer_.dump();
        // A message to a person takes two calls; the second is not what is looked at.
        if (call.method() == "chat.postMessage" && !answer_.contains("ts"))
            http.body = R"({"ok":true,"channel":"D1","ts":"1.000000"})";
        ApiVerdict verdict = classify_answer(call.method(), call.token(), std::move(http));
        co_return std::move(verdict.result);
    }
    Task<Result<HttpAnswer>> post_json(std::string, std::string) override { co_return HttpAnswer{}; }

private:
    json answer_;
};

template <class T>
T run(Task<T> task)
{
    asio::io_context io;
    std::optional<T> outcome;
    asio::co_spawn(io.get_executor(), std::move(task), [&](std::exception_ptr failure, T value) {
        REQUIRE_FALSE(failure);
        outcome.emplace(std::move(value));
    });
    io.run();
    REQUIRE(outcome.has_value());
    return std::move(*outcome);
}

Effect effect_that_calls(const std::string& method, const json& answer)
{
    if (method == "conversations.open") {
        PostMessage to_person;
        to_person.person = UserId{"U1"};
        return to_person;
    }
    if (method == "chat.postMessage") {
        PostMessage to_channel;
        to_channel.channel = ChannelId{"C1"};
        return to_channel;
    }
    if (method == "chat.update") return UpdateMessage{};
    if (method == "chat.postEphemeral") return EphemeralReply{};
    if (method == "conversations.members") return ListChannelMembers{};
    if (method == "conversations.info") return SetTopicPart{ChannelId{"C1"}, {"On call: ", "Bo"}};
    if (method == "usergroups.users.list") return SetGroupMembers{};
    if (method == "views.open") return OpenForm{};
    if (method == "views.publish") return PublishHome{};
    FetchMessage fetch;
    fetch.message = MessageRef{ChannelId{"C1"}, text_in(answer["messages"][0], "ts")};
    if (method == "conversations.replies") fetch.thread = fetch.message.stamp;
    return fetch;
}

/// The Input that the answer leads to.
std::string input_of_answer(const std::string& method, const json& answer)
{
    OneAnswer api{answer};
    if (method == "auth.test") {
        const auto known = run(read_identity(api));
        CHECK((known && !known->team.empty() && !known->bot_user.empty()));
        return "workspace_known";
    }
    if (method == "users.list") {
        std::string cursor;
        const auto members = run(read_members(api, "T1", cursor));
        CHECK((members && !members->empty()));
        return "members_listed";
    }
    if (method == "usergroups.list") {
        const auto groups = run(read_groups(api));
        CHECK((groups && !groups->empty()));
        return "groups_listed";
    }
    if (method == "users.conversations") {
        std::string cursor;
        const auto conversations = run(read_conversations(api, cursor));
        CHECK((conversations && !conversations->empty()));
        return "conversations_listed";
    }
    if (method == "dnd.teamInfo") {
        std::vector<UserId> people;
        for (const auto& [id, status] : answer["users"].items()) people.push_back(UserId{id});
        const auto told = run(read_do_not_disturb(api, people));
        CHECK((told && told->size() == people.size()));
        return "do_not_disturb_listed";
    }
    if (method == "apps.connections.open") {
        CHECK_FALSE(text_in(answer, "url").empty());
        return nothing;
    }
    const OwnIdentity own = identity();
    const SystemClock clock;
    EffectCarrier carrier{api, own, clock, nullptr};
    Delivery delivery;
    delivery.id = OutboxId{1};
    delivery.effect = effect_that_calls(method, answer);
    const EffectOutcome outcome = run(carrier.carry_out(delivery));
    CHECK_FALSE(std::holds_alternative<Fault>(outcome));
    return "effect_settled";
}

/// Checks every *.json below the folder against the table; returns what they were.
std::set<std::string> check_folder(const std::filesystem::path& folder)
{
    std::set<std::string> seen;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
        if (entry.path().extension() != ".json") continue;
        const std::string name = entry.path().string();
        CAPTURE(name);
        std::ifstream file{entry.path()};
        json payload = json::parse(file);
        int blanks = 0;
        fill_blanks(payload, "", blanks);
        const Sample sample = sample_of(entry.path(), payload);
        CAPTURE(sample.what);
        const Row* row = row_of(sample.what);
        REQUIRE_MESSAGE(row != nullptr, "the table does not know it");
        seen.insert(sample.what);
        if (row->becomes == std::string{not_called}) continue;
        const std::string answer_to = "answer ";
        if (sample.what.starts_with(answer_to)) {
            payload["ok"] = true;
            CHECK(input_of_answer(sample.what.substr(answer_to.size()), payload) == row->becomes);
        } else {
            CHECK(input_of(sample.kind, payload) == row->becomes);
        }
    }
    return seen;
}

}  // namespace

TEST_CASE("slack samples: the table says why of everything that is ignored, and names nothing twice")
{
    std::set<std::string> names;
    for (const Row& row : rows) {
        CAPTURE(row.what);
        const std::string becomes = row.becomes;
        const bool ignored = becomes == nothing || becomes == not_called;
        CHECK(ignored != std::string{row.why}.empty());
        CHECK(names.insert(row.what).second);
    }
}

TEST_CASE(
    "slack samples: our own payloads become what the table says, and there is one of each that becomes anything")
{
    const auto seen = check_folder(std::string{ACKD_SOURCE_DIR} + "/tests/fixtures/slack");
    for (const Row& row : rows) {
        CAPTURE(row.what);
        if (row.becomes != std::string{nothing} && row.becomes != std::string{not_called})
            CHECK(seen.contains(row.what));
    }
}

TEST_CASE(
    "slack samples: every payload of the folder that ACKD_SLACK_SAMPLES names becomes what the table says")
{
    const char* folder = std::getenv("ACKD_SLACK_SAMPLES");
    if (folder == nullptr) {
        MESSAGE("skipped: ACKD_SLACK_SAMPLES names no folder of *.json payloads");
        return;
    }
    CHECK_FALSE(check_folder(folder).empty());
}
