// A workspace with a public and a private channel, and a question that Bo answered in a thread.
#pragma once

#include "tests/unit/bot_workspace.hpp"

#include <string>

namespace ackd {

class AnswersOffice : public Workspace {
public:
    const MessageRef question{ChannelId{"Cwork"}, "900.000001"};
    const MessageRef answer{ChannelId{"Cwork"}, "900.000002"};

    explicit AnswersOffice(Settings chosen = straight_settings(), const std::string& path = ":memory:")
        : Workspace(std::move(chosen), utc("2026-03-02 10:00"), path)
    {
        take(ConversationsListed{{{ChannelId{"Cwork"}, "work", false, false},
                                  {ChannelId{"Cops"}, "ops", false, false},
                                  {ChannelId{"Csecret"}, "secret", false, true}}});
        says(question, "", "Uann", "How do I rotate the staging password?");
        says(answer, question.stamp, "Ubo", "Run rotate-secret from the ops box. #secrets");
    }

    /// What fetching finds.
    void says(const MessageRef& message,
              const std::string& thread,
              const char* author,
              const std::string& text,
              bool by_bot = false)
    {
        messages[message] = FetchedMessage{
            UserId{author}, by_bot, thread, rich(text), "", utc("2026-03-02 09:00")};
    }
    void pin(const char* person, const MessageRef& message) { react(person, message, "pushpin"); }
    void shortcut(const char* person, const MessageRef& message, const char* author)
    {
        ShortcutUsed used;
        used.name = "keep_answer";
        used.person = UserId{person};
        used.trigger = "trigger";
        used.message = message;
        used.message_author = UserId{author};
        take(used);
    }
    /// Cy wants it kept, and Bo agrees.
    void keep()
    {
        pin("Ucy", answer);
        press("Ubo", last_to("Ubo"), "keep_it");
    }
    void finds(const char* person, const std::string& words, const char* channel = "Cwork")
    {
        CommandGiven given;
        given.command = "/ackd";
        given.text = rich("find " + words);
        given.person = UserId{person};
        given.channel = ChannelId{channel};
        take(given);
    }
    /// What `/ackd find password` answers.
    std::string found(const char* person = "Udi", const char* channel = "Cwork")
    {
        finds(person, "password", channel);
        return Workspace::answer();
    }
    /// The newest answer for one person alone, as something to press on.
    SeenMessage last_answer()
    {
        SeenMessage seen;
        seen.now = answers.back().notice;
        return seen;
    }
    std::int64_t kept() { return count("SELECT count(*) FROM kept_answers WHERE state IN (2, 3)"); }
    std::string state()
    {
        storage::Statement row = connection->prepare("SELECT state FROM kept_answers ORDER BY id DESC");
        return row.step() ? std::string{name_of(static_cast<KeptState>(row.column_int(0)))} : "";
    }
    std::string kept_facts()
    {
        std::string text;
        storage::Statement rows = connection->prepare(
            "SELECT fact FROM journal WHERE fact LIKE 'answer%' ORDER BY sequence");
        while (rows.step()) text += (text.empty() ? "" : " ") + rows.column_string(0);
        return text;
    }
};

inline bool has(const std::string& text, const char* words)
{
    return text.find(words) != std::string::npos;
}

}  // namespace ackd
