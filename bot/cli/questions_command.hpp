// `ackd questions FILE`: which messages of a recorded channel ask something, why, and which of those nobody
// answered. Reads the file, and nothing else; what it finds goes to standard output, tab separated, one line
// a message (docs/detection.md).
#pragma once

#include <string>

namespace ackd::cli {

struct QuestionsCommandOptions {
    /// `traffic`: an XML file as chat_logs/chat_log.hpp has it. `slack-export`: a JSON array of messages, or
    /// a channel's folder with one such file a day.
    std::string file;
    std::string format = "traffic";
};

/// The exit status: 0 printed, 2 the file cannot be read or is not of this format.
int run_questions(const QuestionsCommandOptions& options);

}  // namespace ackd::cli
