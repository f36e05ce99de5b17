#include "sandbox/blocks/block_controls.hpp"
#include "sandbox/blocks/block_kit_rules.hpp"

#include <doctest/doctest.h>

using namespace sandbox;

namespace {

Json plain(const std::string& text)
{
    return {{"type", "plain_text"}, {"text", text}};
}

Json button(const std::string& id)
{
    return {{"type", "button"}, {"action_id", id}, {"text", plain("Press")}, {"value", "v-" + id}};
}

Json actions(Json elements)
{
    return {{"type", "actions"}, {"block_id", "b"}, {"elements", std::move(elements)}};
}

Json section(const std::string& text)
{
    return {{"type", "section"}, {"text", {{"type", "mrkdwn"}, {"text", text}}}};
}

Json select()
{
    return {{"type", "static_select"},
            {"action_id", "when"},
            {"options",
             Json::array({{{"text", plain("One hour")}, {"value", "1h"}},
                          {{"text", plain("Tomorrow")}, {"value", "1d"}}})}};
}

std::string first_problem(const Json& block)
{
    const auto problems = check_blocks(Json::array({block}), Surface::message);
    return problems.empty() ? "" : problems.front();
}

}  // namespace

TEST_CASE("sandbox blocks: what keeps every limit passes")
{
    const Json blocks = Json::array({
        section(std::string(3000, 'x')),
        {{"type", "header"}, {"text", plain(std::string(150, 'h'))}},
        {{"type", "divider"}},
        {{"type", "context"}, {"elements", Json::array({plain("c")})}},
        actions(Json::array({button("a"), select()})),
        {{"type", "section"}, {"fields", Json::array({plain("f")})}, {"accessory", button("x")}},
    });
    CHECK(check_blocks(blocks, Surface::message).empty());
}

TEST_CASE("sandbox blocks: each broken limit is named with its place")
{
    struct Row {
        Json block;
        const char* problem;
    };
    Json wrong_style = button("a");
    wrong_style["style"] = "warning";
    Json unknown_member = section("x");
    unknown_member["txt"] = 1;
    Json five_options = {{"type", "overflow"}, {"action_id", "o"}, {"options", Json::array()}};
    for (int at = 0; at < 6; ++at) five_options["options"].push_back({{"text", plain("t")}, {"value", "v"}});
    Json many = Json::array();
    for (int at = 0; at < 26; ++at) many.push_back(button("b" + std::to_string(at)));
    const Row rows[] = {
        {section(""), "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]"},
        {section(std::string(3001, 'x')),
         "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"},
        {{{"type", "header"}, {"text", plain(std::string(151, 'x'))}},
         "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"},
        {{{"type", "header"}, {"text", {{"type", "mrkdwn"}, {"text", "x"}}}},
         "[ERROR] must be plain_text [json-pointer:/blocks/0/text/type]"},
        {{{"type", "section"}}, "[ERROR] missing required field: text [json-pointer:/blocks/0]"},
        {{{"type", "sectoin"}}, "[ERROR] unsupported type: sectoin [json-pointer:/blocks/0/type]"},
        {unknown_member, "[ERROR] invalid additional property: txt [json-pointer:/blocks/0]"},
        {actions(Json::array()), "[ERROR] no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"},
        {actions(many), "[ERROR] no more than 25 items allowed [json-pointer:/blocks/0/elements]"},
        {actions(Json::array({wrong_style})),
         "[ERROR] must be a valid enum value [json-pointer:/blocks/0/elements/0/style]"},
        {actions(Json::array({button("a"), button("a")})),
         "[ERROR] `action_id` a already exists in this block [json-pointer:/blocks/0/elements/1/action_id]"},
        {actions(Json::array({five_options})),
         "[ERROR] no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]"},
        {actions(Json::array({{{"type", "plain_text_input"}, {"action_id", "p"}}})),
         "[ERROR] unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]"},
        {"text", "[ERROR] unsupported type: (none) [json-pointer:/blocks/0/type]"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.problem);
        CHECK(first_problem(row.block) == row.problem);
    }
}

TEST_CASE("sandbox blocks: block ids are unique and a message has fifty blocks at most")
{
    Json twice = Json::array({section("a"), section("b")});
    twice[0]["block_id"] = twice[1]["block_id"] = "same";
    CHECK(check_blocks(twice, Surface::message).size() == 1);
    const Json many(51, section("x"));
    CHECK(check_blocks(many, Surface::message).front() ==
          "[ERROR] no more than 50 items allowed [json-pointer:/blocks]");
    CHECK(check_blocks(many, Surface::home).empty());
    CHECK(check_blocks(Json::object(), Surface::message).front() ==
          "[ERROR] must be an array [json-pointer:/blocks]");
}

TEST_CASE("sandbox blocks: hostile blocks are refused without harm and with a bounded list of problems")
{
    const Json many(100, Json(7));
    CHECK(check_blocks(many, Surface::message).size() == problems_max);
    CHECK_FALSE(first_problem({{"type", 7}, {"block_id", {}}, {"elements", "x"}}).empty());
    CHECK_FALSE(
        first_problem({{"type", "actions"}, {"elements", Json::array({nullptr, 1, "x", Json::array()})}})
            .empty());
}

TEST_CASE("sandbox views: a modal needs a title, and a submit button where it has inputs")
{
    const Json input{{"type", "input"},
                     {"block_id", "why"},
                     {"label", plain("Why")},
                     {"element", {{"type", "plain_text_input"}, {"action_id", "reason"}}}};
    Json view{{"type", "modal"}, {"title", plain("Title")}, {"blocks", Json::array({input})}};
    CHECK(check_view(view, Surface::modal).front() ==
          "[ERROR] missing required field: submit [json-pointer:/view]");
    view["submit"] = plain("Send");
    CHECK(check_view(view, Surface::modal).empty());
    view["title"] = plain(std::string(25, 't'));
    CHECK(check_view(view, Surface::modal).size() == 1);
    CHECK_FALSE(check_view(view, Surface::home).empty());
}

TEST_CASE("sandbox blocks: Slack gives ids where the app gave none, different ones for different messages")
{
    Json nameless = button("a");
    nameless.erase("action_id");
    Json first = Json::array({section("a"), actions(Json::array({nameless}))});
    Json second = first;
    fill_in_ids(first, 1);
    fill_in_ids(second, 2);
    CHECK(first[0]["block_id"] != second[0]["block_id"]);
    CHECK(first[1]["block_id"] == "b");
    CHECK(first[1]["elements"][0]["action_id"].is_string());
}

TEST_CASE("sandbox controls: a press takes its value from the blocks, and only what is offered can be chosen")
{
    const Json blocks = Json::array({actions(Json::array({button("got_it"), select()}))});
    const Json pressed = *press_control(blocks, {"got_it", "", nullptr, nullptr}, "1.000000");
    CHECK(pressed["value"] == "v-got_it");
    CHECK(pressed["block_id"] == "b");
    CHECK(press_control(blocks, {"gone", "", nullptr, nullptr}, "1").error().messages[0] ==
          "gone is not there; there is got_it, when");
    CHECK(press_control(blocks, {"got_it", "other", nullptr, nullptr}, "1").error().error ==
          "no_such_control");
    CHECK(press_control(blocks, {"got_it", "", "v-other", nullptr}, "1").error().error == "no_such_control");
    CHECK((*press_control(blocks, {"when", "", nullptr, "1d"}, "1"))["selected_option"]["text"]["text"] ==
          "Tomorrow");
    CHECK(press_control(blocks, {"when", "", nullptr, "2d"}, "1").error().error == "not_offered");
    CHECK(press_control(blocks, {"when", "", nullptr, nullptr}, "1").error().error == "not_offered");
}

TEST_CASE("sandbox controls: the state of a form has every input, entered or not")
{
    Json people{{"type", "multi_users_select"}, {"action_id", "who"}, {"initial_users", Json::array({"U1"})}};
    Json when = select();
    when["initial_option"] = when["options"][0];
    const auto input = [](const char* id, Json element) {
        return Json{
            {"type", "input"}, {"block_id", id}, {"label", plain("L")}, {"element", std::move(element)}};
    };
    const Json blocks = Json::array(
        {input("b1", people),
         input("b2", when),
         input("b3", {{"type", "plain_text_input"}, {"action_id", "why"}}),
         input("b4", {{"type", "checkboxes"}, {"action_id", "also"}, {"options", when["options"]}})});
    const Json untouched = *state_values(blocks, Json::object());
    CHECK(untouched["b1"]["who"]["selected_users"] == Json::array({"U1"}));
    CHECK(untouched["b2"]["when"]["selected_option"]["value"] == "1h");
    CHECK(untouched["b3"]["why"]["value"].is_null());
    CHECK(untouched["b4"]["also"]["selected_options"] == Json::array());
    const Json filled = *state_values(blocks,
                                      {{"why", "because"}, {"b2/when", "1d"}, {"also", {"1h", "1d"}}});
    CHECK(filled["b3"]["why"]["value"] == "because");
    CHECK(filled["b2"]["when"]["selected_option"]["value"] == "1d");
    CHECK(filled["b4"]["also"]["selected_options"].size() == 2);
    CHECK(state_values(blocks, {{"nobody", 1}}).error().error == "no_such_control");
}
