#include "bot/capacity/capacity_phrase.hpp"

#include "bot/capacity/capacity_rules.hpp"
#include "bot/commands/due_phrase.hpp"
#include "bot/lower_case.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

using Words = std::vector<std::string>;

std::string joined(Words::const_iterator from, Words::const_iterator to)
{
    return fmt::format("{}", fmt::join(from, to, " "));
}

/// Reads the words from the front; what it has read so far begins the line that is proposed for a slip.
class Reader {
public:
    Reader(const Words& words, const Words& teams, const WorkingHours& hours, Instant now)
        : words_(words), teams_(teams), hours_(hours), now_(now)
    {}

    CapacityPhrase read()
    {
        if (at_end() || (word() == "me" && words_.size() == 1)) return ShowCapacity{};
        const auto level = capacity_level_named(word());
        if (!level) return read_without_level();
        said_.level = *level;
        line_ = fmt::format("/capacity {}", name_of(*level));
        ++at_;
        if (auto mistake = read_team()) return *mistake;
        if (auto mistake = read_end()) return *mistake;
        if (at_end()) return said_;
        if (word() != "because") return unknown_word();
        said_.reason = joined(words_.begin() + static_cast<std::ptrdiff_t>(at_) + 1, words_.end());
        return said_;
    }

private:
    [[nodiscard]] bool at_end() const { return at_ >= words_.size(); }
    [[nodiscard]] std::string word() const { return at_end() ? "" : lower_case(words_[at_]); }
    [[nodiscard]] std::optional<std::string> team_named(const std::string& typed) const
    {
        for (const std::string& team : teams_) {
            if (lower_case(team) == typed) return team;
        }
        return std::nullopt;
    }
    [[nodiscard]] std::string all_teams() const
    {
        return teams_.empty() ? "There are no teams yet."
                              : fmt::format("There are: {}.", fmt::join(teams_, ", "));
    }

    CapacityPhrase read_without_level()
    {
        if (word() == "team" && words_.size() > 1) ++at_;
        const auto team = team_named(word());
        if (team && at_ + 1 == words_.size()) return ShowCapacity{*team};
        if (team) {
            // "platform at until friday"
            return CapacityMistake{fmt::format("Say first how it is with {}: at, near or ok.", *team),
                                   fmt::format("/capacity at {}", *team)};
        }
        const auto near = nearest_word(word(), {"at", "near", "ok", "full"});
        const auto near_team = nearest_word(word(), teams_);
        std::string corrected = near ? fmt::format("/capacity {}", *near) : "/capacity at";
        if (!near && near_team) corrected = fmt::format("/capacity {}", *near_team);
        return CapacityMistake{fmt::format("I did not understand \"{}\".", words_[at_]), corrected};
    }

    std::optional<CapacityMistake> read_team()
    {
        const bool is_said = word() == "team";
        if (word() == "me") {
            ++at_;
            return std::nullopt;
        }
        const std::size_t before = at_;
        if (is_said) ++at_;
        if (const auto team = team_named(word())) {
            said_.team = *team;
            line_ += " " + *team;
            ++at_;
            return std::nullopt;
        }
        if (is_said) {
            const auto near = nearest_word(word(), teams_);
            return CapacityMistake{fmt::format("Which team? {}", all_teams()),
                                   fmt::format("{} {}",
                                               line_,
                                               near             ? *near
                                               : teams_.empty() ? ""
                                                                : teams_.front())};
        }
        at_ = before;
        return std::nullopt;
    }

    std::optional<CapacityMistake> read_end()
    {
        const bool is_for = word() == "for";
        if (!is_for && word() != "until") return std::nullopt;
        ++at_;
        Words when;
        if (is_for) when.emplace_back("in");
        for (std::size_t index = at_; index < words_.size(); ++index) when.push_back(words_[index]);
        const DuePhraseOutcome outcome = parse_due_phrase(when, hours_, now_);
        if (const auto* misspelt = std::get_if<MisspeltDuePhrase>(&outcome)) {
            return CapacityMistake{
                fmt::format("I did not understand \"{}\" as a time.", misspelt->word),
                fmt::format(
                    "{} until {}", line_, misspelt->suggestion.empty() ? "friday" : misspelt->suggestion)};
        }
        const auto* due = std::get_if<DuePhrase>(&outcome);
        if (std::holds_alternative<DuePhraseInThePast>(outcome) || (due != nullptr && due->at <= now_))
            return CapacityMistake{"That is over already, or too far ahead.", line_ + " until friday"};
        if (due == nullptr) {
            return CapacityMistake{
                fmt::format("I did not understand until when: \"{}\".",
                            joined(words_.begin() + static_cast<std::ptrdiff_t>(at_), words_.end())),
                line_ + " until friday"};
        }
        if (due->at > now_ + capacity_until_max) {
            return CapacityMistake{"That is more than three months ahead. A shorter time can be said again.",
                                   line_ + " until next week"};
        }
        said_.until = due->at;
        at_ += due->words_used - (is_for ? 1 : 0);
        return std::nullopt;
    }

    CapacityMistake unknown_word()
    {
        const bool had_place = said_.team.empty() && !said_.until;
        if (had_place) {
            if (const auto team = nearest_word(word(), teams_)) {
                return {fmt::format("There is no team \"{}\". {}", words_[at_], all_teams()),
                        fmt::format("{} {}", line_, *team)};
            }
        }
        return {fmt::format("I did not understand \"{}\". A reason comes after \"because\".", words_[at_]),
                fmt::format("{} because {}",
                            line_,
                            joined(words_.begin() + static_cast<std::ptrdiff_t>(at_), words_.end()))};
    }

    const Words& words_;
    const Words& teams_;
    const WorkingHours& hours_;
    Instant now_;
    std::size_t at_ = 0;
    std::string line_;
    SaidCapacity said_;
};

}  // namespace

CapacityPhrase parse_capacity_phrase(const Words& words,
                                     const Words& teams,
                                     const WorkingHours& hours,
                                     Instant now)
{
    return Reader{words, teams, hours, now}.read();
}

}  // namespace ackd
