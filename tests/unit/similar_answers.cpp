// How well a question is matched with a kept answer, against labels given by hand (tests/answers/labels.tsv).
#include "bot/answers/answer_offers.hpp"
#include "tests/unit/kept_answers_office.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>

#include <map>
#include <sstream>

using namespace ackd;

namespace {

struct LabelledQuestion {
    std::string part;      ///< first, second: seen when the formula was chosen; fresh: not
    std::string expected;  ///< the number of the answer that helps, or "-"
    std::string text;
};

std::vector<std::string> cells_of(const std::string& line)
{
    std::vector<std::string> cells;
    std::istringstream stream{line};
    for (std::string cell; std::getline(stream, cell, '\t');) cells.push_back(cell);
    return cells;
}

struct Score {
    int right = 0;
    int wrong = 0;  ///< offered although it does not help
    int to_find = 0;

    [[nodiscard]] double precision() const
    {
        return right + wrong == 0 ? 1.0 : 1.0 * right / (right + wrong);
    }
    [[nodiscard]] double recall() const { return 1.0 * right / to_find; }
};

}  // namespace

TEST_CASE("similar answer: nine offers in ten help, in each part of the labelled questions")
{
    AnswersOffice office;
    std::vector<LabelledQuestion> questions;
    std::istringstream lines{bytes_of(std::string{ACKD_SOURCE_DIR} + "/tests/answers/labels.tsv")};
    int answers = 0;
    for (std::string line; std::getline(lines, line);) {
        const auto cells = cells_of(line);
        if (cells.empty() || cells.front().starts_with('#')) continue;
        REQUIRE(cells.size() == 4);
        if (cells[0] == "question") {
            questions.push_back({cells[1], cells[2], cells[3]});
            continue;
        }
        // Kept by its author, so that it needs nobody's word.
        const MessageRef question{ChannelId{"Cwork"}, "100." + cells[1]};
        const MessageRef answer{ChannelId{"Cwork"}, "200." + cells[1]};
        office.says(question, "", "Uann", cells[2]);
        office.says(answer, question.stamp, "Ubo", cells[3]);
        office.pin("Ubo", answer);
        ++answers;
    }
    office.advance(std::chrono::hours{1});  // reading takes its time
    REQUIRE(answers >= 30);
    REQUIRE(questions.size() >= 60);
    REQUIRE(office.kept() == answers);

    HandlerState state{*office.connection, "Etc/UTC", 1};
    const Settings settings;
    HandlerContext context = state.at(office.clock.now(), settings);
    std::map<std::string, Score> scores;
    for (const LabelledQuestion& question : questions) {
        Score& score = scores[question.part];
        const auto found = similar_answer(context, ChannelId{"Cwork"}, RichText{Words{question.text}});
        const std::string offered = found ? found->message.stamp.substr(4) : "-";
        if (question.expected != "-") ++score.to_find;
        if (offered == "-") continue;
        ++(offered == question.expected ? score.right : score.wrong);
        if (offered != question.expected) MESSAGE("offered ", offered, " for: ", question.text);
    }
    for (const auto& [part, score] : scores) {
        MESSAGE(part,
                ": precision ",
                score.precision(),
                ", recall ",
                score.recall(),
                ", offers ",
                score.right + score.wrong,
                " of ",
                score.to_find);
        CHECK(score.precision() >= 0.9);
        CHECK(score.recall() >= 0.8);
    }
    CHECK(scores.size() == 3);
}
