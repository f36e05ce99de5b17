#include "bot/people/absence_phrase.hpp"

#include "bot/commands/ack_command.hpp"
#include "bot/commands/due_phrase.hpp"
#include "bot/lower_case.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

namespace ackd {

namespace {

using std::chrono::days;
using std::chrono::local_days;

constexpr std::size_t words_max = 100;
constexpr std::size_t typed_max = 200;

const std::array<std::string, 7> weekday_names{
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};

/// A word as it was typed, or somebody who was mentioned.
struct Piece {
    std::string word;
    std::optional<UserId> person;
};

bool is_range_mark(const std::string& word)
{
    return word == ".." || word == "..." || word == "…" || word == "-" || word == "–" || word == "to";
}

/// "fri..mon" is three pieces; the chat's editors like to make one character of dots.
void add_word(std::vector<Piece>& pieces, const std::string& word)
{
    for (const std::string_view mark : {"...", "..", "…"}) {
        const auto at = word.find(mark);
        if (at == std::string::npos) continue;
        if (at > 0) pieces.push_back({word.substr(0, at), {}});
        pieces.push_back({"..", {}});
        if (at + mark.size() < word.size()) pieces.push_back({word.substr(at + mark.size()), {}});
        return;
    }
    pieces.push_back({word, {}});
}

std::vector<Piece> pieces_of(const RichText& text)
{
    std::vector<Piece> pieces;
    bool in_reason = false;
    for (const Span& span : split_words(text)) {
        if (pieces.size() >= words_max) break;
        if (const auto* words = std::get_if<Words>(&span)) {
            in_reason = in_reason || lower_case(words->text) == "because";
            if (in_reason)
                pieces.push_back({words->text, {}});
            else
                add_word(pieces, words->text);
        } else if (const auto* mention = std::get_if<Mention>(&span)) {
            pieces.push_back({"", mention->user});
        }
    }
    return pieces;
}

/// Reads pieces from the front, and knows how to write them again.
class Phrase {
public:
    Phrase(std::vector<Piece> pieces, const WorkingHours& hours, Instant now)
        : pieces_(std::move(pieces)), zone_(hours.zone()), now_(now)
    {}

    AbsencePhrase read()
    {
        if (pieces_.empty()) return ShowAbsences{};
        if (pieces_.size() == 1 && lower_case(pieces_.front().word) == "back") return EndAbsence{};
        AskedAbsence asked;
        if (auto mistake = read_span(asked.span)) return *mistake;
        if (auto mistake = check(asked.span)) return *mistake;
        if (auto mistake = read_rest(asked)) return *mistake;
        return asked;
    }

private:
    [[nodiscard]] bool at_end() const { return at_ >= pieces_.size(); }
    [[nodiscard]] std::string word() const { return at_end() ? "" : lower_case(pieces_[at_].word); }

    [[nodiscard]] local_days today() const
    {
        return local_days{date::floor<date::days>(zone_->to_local(now_)).time_since_epoch()};
    }
    [[nodiscard]] Instant instant(local_days day, Duration time = Duration{0}) const
    {
        return zone_->to_sys(date::local_time<Duration>{day.time_since_epoch() + time},
                             date::choose::earliest);
    }

    std::optional<local_days> day_named(const std::string& name, local_days not_before) const
    {
        if (name == "today") return today();
        if (name == "tomorrow") return today() + days{1};
        for (unsigned index = 0; index < weekday_names.size(); ++index) {
            if (name.size() < 3 || !weekday_names[index].starts_with(name)) continue;
            return not_before + (std::chrono::weekday{index} - std::chrono::weekday{not_before});
        }
        int year = 0;
        unsigned month = 0;
        unsigned day = 0;
        int used = 0;
        if (name.size() == 10 &&
            std::sscanf(name.c_str(), "%4d-%2u-%2u%n", &year, &month, &day, &used) == 3 && used == 10)
        {
            const std::chrono::year_month_day given{
                std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
            if (given.ok()) return local_days{given};
        }
        return std::nullopt;
    }

    std::optional<Duration> time_named(const std::string& name) const
    {
        unsigned hour = 0;
        unsigned minute = 0;
        int used = 0;
        if (std::sscanf(name.c_str(), "%2u:%2u%n", &hour, &minute, &used) != 2 ||
            static_cast<std::size_t>(used) != name.size() || hour > 23 || minute > 59)
        {
            return std::nullopt;
        }
        return std::chrono::hours{hour} + std::chrono::minutes{minute};
    }

    std::optional<AbsenceMistake> read_span(TimeSpan& span)
    {
        if (word() == "until") {
            ++at_;
            span.from = now_;
            const std::optional<Duration> time_alone = time_named(word());
            const auto day = time_alone ? std::optional{today()} : day_named(word(), today());
            if (!day) return not_a_day("until monday");
            std::optional<Duration> time = time_alone;
            ++at_;
            if (!time && (time = time_named(word()))) ++at_;
            span.until = instant(*day, time.value_or(Duration{0}));
            return std::nullopt;
        }
        if (word() == "from") ++at_;
        const auto first = day_named(word(), today());
        if (!first) return not_a_day("fri..mon");
        ++at_;
        local_days last = *first;
        if (!at_end() && (is_range_mark(word()) || word() == "until")) {
            ++at_;
            const auto named = day_named(word(), *first);
            if (!named) return not_a_day("fri..mon");
            last = *named;
            ++at_;
        }
        if (last < *first) {
            return AbsenceMistake{"It ends before it begins.",
                                  fmt::format("/out {}..{}", date_text(last), date_text(*first))};
        }
        span.from = *first == today() ? now_ : instant(*first);
        span.until = instant(last + days{1});
        return std::nullopt;
    }

    std::optional<AbsenceMistake> check(const TimeSpan& span) const
    {
        if (span.until <= now_ || span.from < now_) return AbsenceMistake{"That is past.", "/out tomorrow"};
        if (span.from >= now_ + absence_length_max)
            return AbsenceMistake{"That is more than a year ahead.", "/out fri..mon"};
        if (span.until - span.from > absence_length_max + days{1})
            return AbsenceMistake{"That is longer than a year.", "/out fri..mon"};
        return std::nullopt;
    }

    std::optional<AbsenceMistake> read_rest(AskedAbsence& asked)
    {
        const std::size_t span_ends = at_;
        if (word() == "delegate") {
            ++at_;
            if (at_end() || word() == "because")
                return AbsenceMistake{"Behind \"delegate\" belongs a name.",
                                      written(0, span_ends) + " delegate @name"};
            asked.delegate = pieces_[at_].person;
            if (!asked.delegate) asked.delegate_typed = pieces_[at_].word.substr(0, typed_max);
            ++at_;
        }
        if (at_end()) return std::nullopt;
        if (word() == "because") {
            ++at_;
            for (; !at_end(); ++at_) {
                if (!asked.reason.empty()) asked.reason += ' ';
                asked.reason += pieces_[at_].word;
            }
            asked.reason.resize(std::min(asked.reason.size(), absence_reason_max));
            return std::nullopt;
        }
        const bool is_person = pieces_[at_].person.has_value();
        const auto near = nearest_word(word(), {"delegate", "because"});
        const std::string keyword = near ? *near : is_person ? "delegate" : "because";
        return AbsenceMistake{
            fmt::format("I did not understand \"{}\".", typed(at_)),
            fmt::format(
                "{} {}{}", written(0, at_), keyword, near ? written_behind(at_ + 1) : written_behind(at_))};
    }

    AbsenceMistake not_a_day(const std::string& example) const
    {
        if (at_end()) return {"A day is missing.", "/out " + example};
        static const std::vector<std::string> known{"today",
                                                    "tomorrow",
                                                    "until",
                                                    "monday",
                                                    "tuesday",
                                                    "wednesday",
                                                    "thursday",
                                                    "friday",
                                                    "saturday",
                                                    "sunday"};
        const auto near = nearest_word(word(), known);
        return {fmt::format("I did not understand \"{}\".", typed(at_)),
                near ? fmt::format("{} {}{}", written(0, at_), *near, written_behind(at_ + 1))
                     : "/out " + example};
    }

    [[nodiscard]] std::string typed(std::size_t index) const
    {
        const Piece& piece = pieces_[index];
        return piece.person ? "@" + piece.person->value : piece.word.substr(0, typed_max);
    }
    /// The line again, up to a piece.
    [[nodiscard]] std::string written(std::size_t from, std::size_t until) const
    {
        std::string text = "/out";
        for (std::size_t index = from; index < until; ++index) text += " " + typed(index);
        return text;
    }
    [[nodiscard]] std::string written_behind(std::size_t from) const
    {
        std::string text;
        for (std::size_t index = from; index < pieces_.size(); ++index) text += " " + typed(index);
        return text;
    }
    static std::string date_text(local_days day)
    {
        const std::chrono::year_month_day date{day};
        return fmt::format("{:04}-{:02}-{:02}",
                           static_cast<int>(date.year()),
                           static_cast<unsigned>(date.month()),
                           static_cast<unsigned>(date.day()));
    }

    std::vector<Piece> pieces_;
    std::size_t at_ = 0;
    const date::time_zone* zone_;
    Instant now_;
};

}  // namespace

AbsencePhrase parse_absence_phrase(const RichText& text, const WorkingHours& hours, Instant now)
{
    return Phrase{pieces_of(text), hours, now}.read();
}

}  // namespace ackd
