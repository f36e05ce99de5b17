#include "bot/notice_json.hpp"

#include <nlohmann/json.hpp>

#include <stdexcept>

namespace ackd {

namespace {

using nlohmann::json;

json to_json(const Span& span)
{
    struct Visitor {
        json operator()(const Words& words) const { return {{"words", words.text}}; }
        json operator()(const Mention& mention) const { return {{"mention", mention.user.value}}; }
        json operator()(const GroupMention& mention) const { return {{"group", mention.group.value}}; }
        json operator()(const ChannelName& name) const { return {{"channel", name.channel.value}}; }
        json operator()(const MessageLink& link) const
        {
            return {
                {"link", link.message.channel.value}, {"stamp", link.message.stamp}, {"label", link.label}};
        }
        json operator()(const Link& link) const { return {{"address", link.address}, {"label", link.label}}; }
        json operator()(const Moment& moment) const
        {
            return {{"moment", to_microseconds(moment.at)}, {"fallback", moment.fallback}};
        }
        json operator()(const Strong& strong) const { return {{"strong", strong.text}}; }
        json operator()(const Code& code) const { return {{"code", code.text}}; }
    };
    return std::visit(Visitor{}, span);
}

Span span_from(const json& value)
{
    const auto text = [&](const char* key) { return value.at(key).get<std::string>(); };
    if (value.contains("words")) return Words{text("words")};
    if (value.contains("mention")) return Mention{UserId{text("mention")}};
    if (value.contains("group")) return GroupMention{GroupId{text("group")}};
    if (value.contains("channel")) return ChannelName{ChannelId{text("channel")}};
    if (value.contains("link"))
        return MessageLink{MessageRef{ChannelId{text("link")}, text("stamp")}, text("label")};
    if (value.contains("address")) return Link{text("address"), text("label")};
    if (value.contains("moment")) {
        return Moment{from_microseconds(value.at("moment").get<std::int64_t>()), text("fallback")};
    }
    if (value.contains("strong")) return Strong{text("strong")};
    if (value.contains("code")) return Code{text("code")};
    throw std::runtime_error("a span of an unknown kind: " + value.dump());
}

json to_json(const Chart& chart)
{
    json columns = json::array();
    for (const ChartColumn& column : chart.columns)
        columns.push_back({column.label, column.value, column.is_open});
    json value{{"title", chart.title}, {"unit", chart.unit}, {"columns", columns}};
    if (chart.limit) value["limit"] = *chart.limit;
    return value;
}

Chart chart_from(const json& value)
{
    Chart chart;
    chart.title = value.at("title").get<std::string>();
    chart.unit = value.at("unit").get<std::string>();
    for (const json& column : value.at("columns")) {
        chart.columns.push_back(
            {column.at(0).get<std::string>(), column.at(1).get<int>(), column.at(2).get<bool>()});
    }
    if (value.contains("limit")) chart.limit = value.at("limit").get<int>();
    return chart;
}

}  // namespace

std::string to_text(const Notice& notice)
{
    json sections = json::array();
    for (const Section& section : notice.sections) {
        json lines = json::array();
        for (const Line& line : section.lines) {
            json spans = json::array();
            for (const Span& span : line.text) spans.push_back(to_json(span));
            json& added = lines.emplace_back(json{{"style", static_cast<int>(line.style)}, {"text", spans}});
            if (line.chart) added["chart"] = to_json(*line.chart);
        }
        json actions = json::array();
        for (const Action& action : section.actions) {
            json choices = json::array();
            for (const Choice& choice : action.choices) choices.push_back({choice.label, choice.value});
            actions.push_back({{"name", action.name},
                               {"label", action.label},
                               {"value", action.value},
                               {"style", static_cast<int>(action.style)},
                               {"choices", choices},
                               {"tucked_away", action.tucked_away}});
        }
        sections.push_back({{"lines", lines}, {"actions", actions}});
    }
    const json whole{
        {"kind", static_cast<int>(notice.kind)}, {"summary", notice.summary}, {"sections", sections}};
    // Foreign text may hold broken UTF-8: replaced rather than refused, so that a notice is never lost to it.
    return whole.dump(-1, ' ', false, json::error_handler_t::replace);
}

Notice notice_from_text(const std::string& text)
{
    const json value = json::parse(text);
    Notice notice;
    notice.kind = static_cast<NoticeKind>(value.at("kind").get<int>());
    notice.summary = value.at("summary").get<std::string>();
    for (const json& section_value : value.at("sections")) {
        Section& section = notice.sections.emplace_back();
        for (const json& line_value : section_value.at("lines")) {
            Line& line = section.lines.emplace_back();
            line.style = static_cast<LineStyle>(line_value.at("style").get<int>());
            for (const json& span : line_value.at("text")) line.text.push_back(span_from(span));
            if (line_value.contains("chart")) line.chart = chart_from(line_value.at("chart"));
        }
        for (const json& action_value : section_value.at("actions")) {
            Action& action = section.actions.emplace_back();
            action.name = action_value.at("name").get<std::string>();
            action.label = action_value.at("label").get<std::string>();
            action.value = action_value.at("value").get<std::string>();
            action.style = static_cast<ActionStyle>(action_value.at("style").get<int>());
            action.tucked_away = action_value.at("tucked_away").get<bool>();
            for (const json& choice : action_value.at("choices")) {
                action.choices.push_back(
                    Choice{choice.at(0).get<std::string>(), choice.at(1).get<std::string>()});
            }
        }
    }
    return notice;
}

}  // namespace ackd
