// Forms in Slack's terms: rendered within its limits, read back from what it sends, answered so that it shows
// what is to be corrected.
#include "adapters/json/json_reading.hpp"
#include "adapters/slack/confirmation_payload.hpp"
#include "adapters/slack/form_rendering.hpp"
#include "adapters/slack/payload_decoder.hpp"
#include "bot/commands/ask_form.hpp"
#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <fstream>

using namespace ackd;
using namespace ackd::slack;
using Json = nlohmann::json;

namespace {

std::vector<Input> decode(const std::string& bytes)
{
    JsonDocument document;
    const auto root = document.parse(bytes);
    REQUIRE(root.has_value());
    PayloadSource source;
    source.id = "env-1";
    source.receipt.connection = 7;
    source.receipt.wants_answer = true;
    OwnIdentity own;
    own.team = "T1";
    own.workspace_url = "https://team.example.test/";
    std::vector<Input> inputs;
    const auto decoded = decode_payload(PayloadKind::interaction, *root, std::move(source), own, inputs);
    CHECK(decoded.problem.empty());
    REQUIRE(inputs.size() == 1);
    return inputs;
}

std::string fixture(const char* name)
{
    std::ifstream file{std::string{ACKD_SOURCE_DIR} + "/tests/fixtures/slack/interactions/" + name};
    return {std::istreambuf_iterator<char>{file}, {}};
}

Json block_of(const Json& view, const char* id)
{
    for (const Json& block : view["blocks"]) {
        if (block.value("block_id", "") == id) return block;
    }
    return nullptr;
}

}  // namespace

TEST_CASE("slack form: every kind of field is an input block of its name")
{
    AskFormStart start;
    start.subject.channel = ChannelId{"C1"};
    start.people = {UserId{"U1"}};
    start.groups = {GroupId{"S1"}};
    const Form form = ask_form(start,
                               {{GroupId{"S1"}, "platform", {}, false}, {GroupId{"S2"}, "web", {}, false}});
    const Json view = Json::parse(render_form(form, ""));
    CHECK(view["type"] == "modal");
    CHECK(view["callback_id"] == "ask");
    CHECK(view["title"]["text"] == "Ask for acknowledgement");
    CHECK(view["private_metadata"] == form.context);
    for (const Json& block : view["blocks"]) {
        CHECK(block["type"] == "input");
        CHECK(block["element"]["action_id"] == "value");
    }
    const Json text = block_of(view, "text")["element"];
    CHECK(text["type"] == "plain_text_input");
    CHECK(text["multiline"] == true);
    CHECK(text["max_length"] == 2500);
    const Json who = block_of(view, "who");
    CHECK(who["optional"] == true);
    CHECK(who["element"]["type"] == "multi_users_select");
    CHECK(who["element"]["initial_users"] == Json::array({"U1"}));
    const Json groups = block_of(view, "groups")["element"];
    CHECK(groups["type"] == "multi_static_select");
    CHECK(groups["options"].size() == 2);
    CHECK(groups["initial_options"] == Json::array({groups["options"][0]}));
    CHECK(block_of(view, "channel")["element"]["initial_conversation"] == "C1");
    const Json quorum = block_of(view, "quorum")["element"];
    CHECK(quorum["type"] == "static_select");
    CHECK(quorum["initial_option"]["value"] == "all");
    CHECK(block_of(view, "by")["element"]["type"] == "datetimepicker");
}

TEST_CASE("slack form: without a channel to begin with, the one that the person looks at is offered")
{
    const Json view = Json::parse(render_form(ask_form({}, {}), ""));
    const Json channel = block_of(view, "channel")["element"];
    CHECK(channel["default_to_current_conversation"] == true);
    CHECK_FALSE(channel.contains("initial_conversation"));
    CHECK(block_of(view, "groups").is_null());  // a menu without options would be refused
}

TEST_CASE("slack form: what is too long or too many is cut to Slack's limits")
{
    AskFormStart start;
    start.subject = MessageRef{ChannelId{"C1"}, "1700000000.000100"};
    start.excerpt = std::string(5'000, 'x') + "\xff";
    std::vector<UserGroup> groups;
    for (int number = 0; number < 150; ++number)
        groups.push_back({GroupId{"S" + std::to_string(number)}, std::string(200, 'g'), {}, false});
    Form form = ask_form(start, groups);
    form.title = std::string(60, 't');
    const Json view = Json::parse(render_form(form, ""));
    CHECK(view["title"]["text"].get<std::string>().size() <= 24 + 2);  // "…" is one character of three bytes
    const Json options = block_of(view, "groups")["element"]["options"];
    CHECK(options.size() == 100);
    CHECK(options[0]["text"]["text"].get<std::string>().size() <= 75 + 2);
    for (const Json& block : view["blocks"]) {
        if (block["type"] == "section") CHECK(block["text"]["text"].get<std::string>().size() <= 3'000);
    }
}

TEST_CASE("slack form: a submission is read field by field")
{
    const auto inputs = decode(fixture("view_submission.json"));
    const auto* submitted = std::get_if<FormSubmitted>(&inputs.front().body);
    REQUIRE(submitted != nullptr);
    CHECK(submitted->name == "ask");
    CHECK(submitted->instance == "V1");
    CHECK(submitted->context == R"({"channel":"C1","stamp":"1700000000.000100"})");
    CHECK(submitted->person == UserId{"U2"});
    using Ids = std::vector<std::string>;
    CHECK(submitted->values.of("who").chosen == Ids{"U1", "U3"});
    CHECK(submitted->values.of("groups").chosen == Ids{"S1"});
    CHECK(submitted->values.of("channels").chosen == Ids{"C1"});
    CHECK(submitted->values.of("channel").chosen == Ids{"C2"});
    CHECK(submitted->values.of("text").text == "Please read <it> & answer");
    CHECK(submitted->values.of("quorum").chosen == Ids{"2"});
    CHECK(submitted->values.of("level") == FieldValue{"level", {}, "", std::nullopt});
    CHECK(submitted->values.of("by").at == from_microseconds(1'700'050'000'000'000));
    CHECK(submitted->values.of("no such field") == FieldValue{});
}

TEST_CASE("slack form: a submission wants an answer, and the same one again when it comes again")
{
    const auto inputs = decode(fixture("view_submission.json"));
    CHECK(inputs.front().receipt.wants_answer);
    CHECK(inputs.front().key.empty());
    const auto shortcut = decode(fixture("shortcut.json"));
    CHECK_FALSE(shortcut.front().receipt.wants_answer);  // Slack would not show it
    CHECK(shortcut.front().key == "e:env-1");
}

TEST_CASE("slack form: values of shapes that nobody expects are no crash")
{
    for (const char* state : {R"(null)",
                              R"({"values":[]})",
                              R"({"values":{"who":null}})",
                              R"({"values":{"who":{"value":7}}})",
                              R"({"values":{"who":{"value":{"selected_users":"U1"}}}})",
                              R"({"values":{"who":{"value":{"selected_users":[null,7,{}]}}}})",
                              R"({"values":{"who":{"value":{"selected_date_time":-1}}}})",
                              R"({"values":{"who":{"value":{"selected_date_time":999999999999999}}}})"})
    {
        CAPTURE(state);
        const auto inputs = decode(
            std::string{
                R"({"type":"view_submission","user":{"id":"U1"},"view":{"id":"V1","callback_id":"ask","state":)"} +
            state + "}}");
        const auto* submitted = std::get_if<FormSubmitted>(&inputs.front().body);
        REQUIRE(submitted != nullptr);
        CHECK(submitted->values.of("who").chosen.empty());
        CHECK_FALSE(submitted->values.of("who").at.has_value());
    }
}

TEST_CASE("slack form: a shortcut on a message tells which, whose, and what it says")
{
    const auto inputs = decode(fixture("message_action.json"));
    const auto* used = std::get_if<ShortcutUsed>(&inputs.front().body);
    REQUIRE(used != nullptr);
    CHECK(used->name == "ask");
    CHECK(used->person == UserId{"U2"});
    CHECK(used->message == MessageRef{ChannelId{"C1"}, "1700000000.000100"});
    CHECK(used->message_author == UserId{"U1"});
    CHECK(used->trigger == "1.3.abc");
    CHECK(used->reply_address == "https://hooks.example.test/actions/2");
}

TEST_CASE("slack form: problems keep the form open, each at its field")
{
    Confirmation confirmation;
    confirmation.answer = FormProblems{
        {"who", "Choose somebody."}, {"by", "That is past."}, {"who", "Twice."}};
    CHECK(confirmation_payload(confirmation, "") ==
          R"({"response_action":"errors","errors":{"who":"Choose somebody.","by":"That is past."}})");
    confirmation.answer = FormProblems{};
    CHECK(confirmation_payload(confirmation, "").empty());  // it closes
}
