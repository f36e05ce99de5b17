// What one check of `ackd doctor` found: one line for a person, or one object of --json.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace ackd::cli {

enum class Outcome {
    right,
    wrong,           ///< something to repair; `advice` says how
    not_applicable,  ///< cannot be told here, or does not matter here; `text` says why
};

struct Finding {
    std::string name;
    Outcome outcome = Outcome::right;
    std::string text;
    std::string advice;

    friend bool operator==(const Finding&, const Finding&) = default;
};

[[nodiscard]] inline Finding found_right(std::string name, std::string text)
{
    return Finding{std::move(name), Outcome::right, std::move(text), ""};
}
[[nodiscard]] inline Finding found_wrong(std::string name, std::string text, std::string advice)
{
    return Finding{std::move(name), Outcome::wrong, std::move(text), std::move(advice)};
}
[[nodiscard]] inline Finding not_applicable(std::string name, std::string text)
{
    return Finding{std::move(name), Outcome::not_applicable, std::move(text), ""};
}

/// "✓ socket: …", one line each; the advice behind "→".
[[nodiscard]] std::string findings_as_text(const std::vector<Finding>& findings);
/// {"ok":…,"checks":[{"name":…,"outcome":"right"|"wrong"|"not_applicable","text":…,"advice":…}]}
[[nodiscard]] std::string findings_as_json(const std::vector<Finding>& findings);
[[nodiscard]] bool something_is_wrong(const std::vector<Finding>& findings);

}  // namespace ackd::cli
