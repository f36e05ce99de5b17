#include "bot/cli/finding.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace ackd::cli {

namespace {

const char* sign_of(Outcome outcome)
{
    switch (outcome) {
        case Outcome::right: return "✓";
        case Outcome::wrong: return "✗";
        case Outcome::not_applicable: break;
    }
    return "–";
}

const char* word_for(Outcome outcome)
{
    switch (outcome) {
        case Outcome::right: return "right";
        case Outcome::wrong: return "wrong";
        case Outcome::not_applicable: break;
    }
    return "not_applicable";
}

/// What comes from files and from the network cannot break the line or move the cursor.
std::string on_one_line(std::string text)
{
    std::replace_if(
        text.begin(),
        text.end(),
        [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; },
        ' ');
    return text;
}

}  // namespace

std::string findings_as_text(const std::vector<Finding>& findings)
{
    std::string text;
    for (const Finding& finding : findings) {
        const std::string advice = finding.advice.empty() ? "" : " → " + finding.advice;
        text += on_one_line(
            fmt::format("{} {}: {}{}", sign_of(finding.outcome), finding.name, finding.text, advice));
        text += '\n';
    }
    return text;
}

std::string findings_as_json(const std::vector<Finding>& findings)
{
    auto checks = nlohmann::ordered_json::array();
    for (const Finding& finding : findings) {
        checks.push_back({{"name", finding.name},
                          {"outcome", word_for(finding.outcome)},
                          {"text", finding.text},
                          {"advice", finding.advice}});
    }
    const nlohmann::ordered_json report{{"ok", !something_is_wrong(findings)}, {"checks", std::move(checks)}};
    return report.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

bool something_is_wrong(const std::vector<Finding>& findings)
{
    return std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
        return finding.outcome == Outcome::wrong;
    });
}

}  // namespace ackd::cli
