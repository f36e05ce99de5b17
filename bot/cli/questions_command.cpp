#include "bot/cli/questions_command.hpp"

#include "adapters/slack/exported_messages.hpp"
#include "adapters/slack/mrkdwn.hpp"
#include "bot/threads/answer_rules.hpp"
#include "bot/threads/question_score.hpp"
#include "chat_logs/chat_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <vector>

namespace ackd::cli {
namespace {

constexpr int exit_correct = 2;
constexpr std::uintmax_t file_bytes_max = 512U << 20U;

std::string contents_of(const std::filesystem::path& path)
{
    std::error_code hidden;
    const auto size = std::filesystem::file_size(path, hidden);
    if (!hidden && size > file_bytes_max) throw std::runtime_error("it is larger than 512 MB");
    std::ifstream stream{path, std::ios::binary};
    if (!stream || std::filesystem::is_directory(path)) throw std::runtime_error("it cannot be read");
    return std::string{std::istreambuf_iterator<char>{stream}, {}};
}

std::vector<LoggedMessage> read_traffic(const std::filesystem::path& path)
{
    const auto [log, problem] = chat_logs::read_chat_log(contents_of(path));
    if (!log) throw std::runtime_error(problem);
    std::vector<LoggedMessage> messages;
    for (const chat_logs::ChatLogMessage& said : log->messages) {
        LoggedMessage message;
        message.stamp = said.said_at;
        const auto at = chat_logs::said_at_of(said);
        if (!at)
            throw std::runtime_error(fmt::format("\"{}\" is no time as 2017-05-11T15:46:08", said.said_at));
        message.at = *at;
        message.author = UserId{said.user};
        message.text = slack::parse_mrkdwn(said.text, {});
        messages.push_back(std::move(message));
    }
    return messages;
}

bool is_done_mark(const ReactionState& reaction)
{
    return reaction.emoji == "white_check_mark" || reaction.emoji == "heavy_check_mark";
}

void read_export_file(const std::filesystem::path& path, std::vector<LoggedMessage>& messages)
{
    auto exported = slack::read_exported_messages(contents_of(path));
    if (!exported) throw std::runtime_error(path.filename().string() + " is no JSON array of messages");
    for (PastMessage& past : *exported) {
        LoggedMessage message;
        message.stamp = std::move(past.stamp);
        message.at = past.said_at;
        message.author = std::move(past.author);
        message.thread = std::move(past.thread);
        message.by_bot = past.by_bot;
        message.is_marked_done = std::any_of(past.reactions.begin(), past.reactions.end(), is_done_mark);
        message.text = std::move(past.text);
        messages.push_back(std::move(message));
    }
}

std::vector<LoggedMessage> read_export(const std::filesystem::path& path)
{
    std::vector<LoggedMessage> messages;
    if (!std::filesystem::is_directory(path)) {
        read_export_file(path, messages);
        return messages;
    }
    for (const auto& entry : std::filesystem::directory_iterator{path})
        if (entry.path().extension() == ".json") read_export_file(entry.path(), messages);
    return messages;
}

/// Names in a log may hold anything; a line stays a line, and its fields apart.
std::string field(std::string text)
{
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    return text;
}

}  // namespace

int run_questions(const QuestionsCommandOptions& options)
{
    std::vector<LoggedMessage> messages;
    try {
        messages = options.format == "traffic" ? read_traffic(options.file) : read_export(options.file);
    } catch (const std::exception& error) {  // of our own, or of the file system
        fmt::print(stderr, "{}: {}\n", options.file, error.what());
        return exit_correct;
    }
    std::stable_sort(messages.begin(), messages.end(), [](const LoggedMessage& a, const LoggedMessage& b) {
        return a.at < b.at;
    });
    const SignalWeights& weights = default_signal_weights();
    const std::vector<ReadMessage> read = read_talk(messages, TalkRules{}, weights);
    for (std::size_t at = 0; at < messages.size(); ++at) {
        const ReadMessage& message = read[at];
        std::string signals = explain(message.question, weights);
        if (message.asks && !message.left_unanswered)
            signals += fmt::format(", answer: {}", name_of(message.answer));
        fmt::print("{}\t{}\t{:.2f}\t{}\t{}\t{}\n",
                   field(messages[at].stamp),
                   field(messages[at].author.value),
                   message.question.score,
                   message.asks ? 1 : 0,
                   signals,
                   message.left_unanswered ? 1 : 0);
    }
    return 0;
}

}  // namespace ackd::cli
