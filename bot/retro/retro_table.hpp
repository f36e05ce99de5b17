// Retros as stored.
//
// Answers without a name are kept so that nobody can tell whose they are, nor in which order they came, not
// even with the file of the database in hand:
//
//   - a row for each question, under a key that comes from 128 bits which are nowhere else; there is no
//     person and no instant in it, and it has no number;
//   - SQLite puts a new row where there is room on its page, so that places on a page would tell the order.
//     So with each new row all of them are deleted (secure_delete overwrites them) and written anew, in the
//     order of their keys;
//   - the write-ahead log has all of that in the order in which it happened: whoever seals an answer has it
//     emptied (storage/scrub.hpp).
//
// Numbers are given when the window closes, in the order of the keys.
#pragma once

#include "bot/retro/retro.hpp"
#include "bot/retro/retro_round.hpp"
#include "bot/retro/retro_rules.hpp"
#include "storage/connection.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ackd {

/// An answer to one question, or a note, before its window closes.
struct SealedAnswer {
    std::string key;
    std::string retro;
    /// Whose: it is shown to no other.
    std::string team;
    /// 0: of the next round.
    RetroRoundId round;
    /// 0: a note.
    int question = 0;
    /// Empty: what lies under the key is taken back.
    std::string text;
    /// Of a retro with names; else empty, and kept nowhere.
    UserId person{};
};

class RetroTable {
public:
    explicit RetroTable(storage::Connection& connection) : connection_(connection) {}

    // Rounds

    /// Gives it an id and a number.
    void insert(RetroRound& round) const;
    void save(const RetroRound& round) const;
    [[nodiscard]] std::optional<RetroRound> find(RetroRoundId id) const;
    /// The one that is not over; it may be of the team that the retro had when it began.
    [[nodiscard]] std::optional<RetroRound> live(const std::string& retro) const;
    // Of the retro's present team: what another one said under this name is for its people.
    [[nodiscard]] std::optional<RetroRound> find(const Retro& retro, int number) const;
    /// Newest first.
    [[nodiscard]] std::vector<RetroRound> newest(const Retro& retro, int count_max) const;
    /// Of the same team.
    [[nodiscard]] std::optional<RetroRound> before(const RetroRound& round) const;

    [[nodiscard]] std::vector<RetroRoundId> due(Instant now, int count_max) const;
    [[nodiscard]] std::optional<Instant> earliest_due() const;
    /// For one whose handler failed.
    void postpone(RetroRoundId id, Instant until) const;

    // Questions, and whose turn it was

    void ask(RetroRoundId id, const std::vector<std::string>& questions) const;
    /// In order: the first has place 1.
    [[nodiscard]] std::vector<std::string> questions_of(RetroRoundId id) const;
    /// The number of the round in which each came up last.
    [[nodiscard]] std::map<std::string, int> last_asked(const Retro& retro) const;
    /// The number of the round that each person facilitated last.
    [[nodiscard]] std::map<UserId, int> last_facilitated(const Retro& retro) const;

    // Answers, until the window closes

    /// 128 bits that nobody can guess, as 32 digits: SQLite's generator, which begins with the system's.
    [[nodiscard]] std::string random_bits() const;
    /// In the place of those with the same key.
    void add(const std::vector<SealedAnswer>& answers) const;
    /// How many of these have something lying under their key.
    [[nodiscard]] int count_known(const std::vector<SealedAnswer>& answers) const;
    /// Of a round, with the notes for it.
    [[nodiscard]] int count(RetroRoundId round) const;
    /// Those that wait for the next one.
    [[nodiscard]] int count_notes(const Retro& retro) const;
    /// What somebody has answered by name, by the questions' places.
    [[nodiscard]] std::map<int, std::string> answers_of(RetroRoundId round, const UserId& person) const;
    /// What was noted for the next round is of this one from now on. One without names takes them off.
    void take_notes(const RetroRound& round) const;
    /// The window closes: gives how many there are.
    int reveal(const RetroRound& round) const;
    /// Of a retro of which nothing is left: neither in the policy, with this team, nor as a round.
    void drop_notes_but_of(const std::vector<Retro>& retros) const;

    // What everybody sees

    /// By number.
    [[nodiscard]] std::vector<RetroEntry> entries_of(RetroRoundId id) const;
    /// The first gets place 1.
    void group(RetroRoundId id, const std::vector<RetroGroup>& groups) const;
    [[nodiscard]] std::vector<RetroTheme> themes_of(RetroRoundId id) const;
    /// In the place of what they gave before.
    void vote(RetroRoundId id, const UserId& person, const std::vector<int>& places) const;
    [[nodiscard]] std::vector<int> votes_of(RetroRoundId id, const UserId& person) const;
    /// Only how many each theme has stays; gives how many there were.
    int count_votes(RetroRoundId id) const;

    void add_action(const RetroAction& action) const;
    /// In the order in which they were decided.
    [[nodiscard]] std::vector<RetroAction> actions_of(RetroRoundId id) const;

    /// What was said and decided in this retro, with all of the words in it; newest rounds first.
    [[nodiscard]] std::vector<RetroFound> search(const Retro& retro,
                                                 const std::vector<std::string>& words,
                                                 int count_max) const;

    /// Whole rounds, with everything in them.
    void let_go(Instant ended_before) const;

private:
    [[nodiscard]] std::vector<RetroRound> read_rounds(storage::Statement& rows) const;
    /// All that lie there, by key.
    [[nodiscard]] std::map<std::string, SealedAnswer> sealed() const;
    /// They are all that lies there from now on.
    void write_sealed(const std::map<std::string, SealedAnswer>& answers) const;
    [[nodiscard]] std::vector<SealedAnswer> signed_of(RetroRoundId round) const;

    storage::Connection& connection_;
};

}  // namespace ackd
