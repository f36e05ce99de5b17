// The lines of a policy file, as they are written: keys and values as TOML wants them, and ids with what they
// are called.
#pragma once

#include "bot/policy/policy_text.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ackd {

/// As TOML's basic strings want it.
[[nodiscard]] std::string quoted(std::string_view text);
[[nodiscard]] std::string quoted_list(const std::vector<std::string>& texts);
/// One line, without what TOML refuses in a comment.
[[nodiscard]] std::string comment_text(const std::string& text);

class PolicyLines {
public:
    explicit PolicyLines(const PolicyAnnotations& annotations) : annotations_(annotations) {}

    void line(std::string_view text) { text_ += fmt::format("{}\n", text); }
    void key(std::string_view name, std::string_view value) { line(fmt::format("{} = {}", name, value)); }
    void quoted_key(std::string_view name, std::string_view value) { key(name, quoted(value)); }

    template <class Id>
    void id(std::string_view name, const Id& id)
    {
        const std::string called = annotations_.name_of(RouteTarget{id});
        line(fmt::format(
            "{} = {}{}", name, quoted(id.value), called.empty() ? "" : "  # " + comment_text(called)));
    }

    /// One id a line, so that a change of one person is a change of one line.
    template <class Id>
    void ids(std::string_view indent, std::string_view name, const std::vector<Id>& list)
    {
        if (list.empty()) return line(fmt::format("{}{} = []", indent, name));
        line(fmt::format("{}{} = [", indent, name));
        for (const Id& id : list) {
            const std::string called = annotations_.name_of(RouteTarget{id});
            line(fmt::format("{}    {},{}",
                             indent,
                             quoted(id.value),
                             called.empty() ? "" : "  # " + comment_text(called)));
        }
        line(fmt::format("{}]", indent));
    }

    [[nodiscard]] const std::vector<std::string>& history() const { return annotations_.history; }
    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    const PolicyAnnotations& annotations_;
    std::string text_;
};

}  // namespace ackd
