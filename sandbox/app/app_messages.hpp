// What the app says: the content rules for messages from outside, and the counting of what it said.
//
// Used by chat.*, by answers to commands and by response_url alike, so that the same blocks pass or fail
// everywhere.
#pragma once

#include "sandbox/app/picture_book.hpp"
#include "sandbox/model/statistics.hpp"
#include "sandbox/model/workspace.hpp"
#include "sandbox/web_api/api_arguments.hpp"

#include <deque>
#include <string>
#include <unordered_set>

namespace sandbox {

struct AppContent {
    std::string text;
    Json blocks;
    Json attachments;
    Json metadata;
    std::vector<std::string> warnings;
};

class AppMessages {
public:
    /// What is linked in text when "parse" is not given: addresses only, or names too.
    enum class DefaultParse { urls, everything };

    AppMessages(Workspace& workspace, Statistics& statistics, PictureBook& pictures)
        : workspace_(workspace), statistics_(statistics), pictures_(pictures)
    {}

    /// Reads text, blocks, attachments, metadata, parse, link_names. Errors: no_text, invalid_blocks (with
    /// messages), invalid_blocks_format, too_many_attachments, invalid_attachments, metadata errors,
    /// markdown_text_conflict.
    [[nodiscard]] Outcome<AppContent> read(const Arguments& arguments, DefaultParse parse) const;

    Outcome<Ts> post(
        const ChannelId& channel, AppContent content, std::optional<Ts> thread, bool broadcast, Instant now);
    Outcome<Ts> update(const ChannelId& channel, Ts ts, AppContent content, Instant now);
    Outcome<Ts> post_ephemeral(const ChannelId& channel,
                               const UserId& to,
                               AppContent content,
                               std::optional<Ts> thread,
                               Instant now);
    /// Replaces an ephemeral message, which only a response_url can do.
    void replace_ephemeral(Ephemeral& ephemeral, AppContent content);

private:
    void count_broadcasts_of(const AppContent& content);
    void count_duplicate(const AppContent& content);

    Workspace& workspace_;
    Statistics& statistics_;
    PictureBook& pictures_;
    std::unordered_set<std::string> post_ids_;
    std::deque<std::string> post_ids_order_;
};

}  // namespace sandbox
