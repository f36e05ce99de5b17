// What `/ack …` means, parsed from what was typed. Pure but for the names it looks up.
//
//   /ack @ann @group #channel [!now|!today|!week|!fyi] [!all|!any|!2] [!received|!done] [!route=name]
//        [!silence=go|stop|ask|@name] [!readback|!readback=2] [by thursday 17:00] text
//
// Recipients and options come first, in any order; from the first other word on, everything is the message.
// A date at its very end ("… the release plan by Thursday") counts as well, and stays in it.
#pragma once

#include "bot/commands/ask.hpp"
#include "bot/commands/due_phrase.hpp"
#include "bot/people/directory.hpp"
#include "bot/rich_text.hpp"

#include <string>
#include <variant>

namespace ackd {

/// What was not understood, and the right form with the person's own words in it.
struct CommandMistake {
    std::string explanation;
    std::string corrected;
};

[[nodiscard]] std::variant<Ask, CommandMistake> parse_ack_command(const RichText& typed,
                                                                  const Directory& directory,
                                                                  const WorkingHours& hours,
                                                                  Instant now);

/// What was typed, as it would be typed again: names instead of ids, single spaces.
[[nodiscard]] std::string typed_again(const RichText& text, const Directory& directory);

/// Words separated by spaces; every other span is one piece of its own.
[[nodiscard]] RichText split_words(const RichText& text);
/// The words among them.
[[nodiscard]] std::vector<std::string> words_of(const RichText& text);

}  // namespace ackd
