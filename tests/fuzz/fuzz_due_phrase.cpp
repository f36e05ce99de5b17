// A byte for the time of day at which it is typed, and the words behind "by".
#include "bot/commands/due_phrase.hpp"
#include "tests/fuzz/fuzz_target.hpp"

#include <string>
#include <vector>

using namespace ackd;
using namespace std::chrono_literals;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const WorkingHours hours{"Europe/Berlin"};
    fuzz::Choices choices{fuzz::text_of(data, size)};
    const Instant now = Instant{std::chrono::seconds{1'700'000'000}} + choices.byte() * 97h;
    std::vector<std::string> words;
    const std::string_view typed = choices.rest();
    for (std::size_t begin = 0; begin <= typed.size();) {
        const std::size_t end = std::min(typed.find(' ', begin), typed.size());
        if (end > begin) words.emplace_back(typed.substr(begin, end - begin));
        begin = end + 1;
    }
    const DuePhraseOutcome outcome = parse_due_phrase(words, hours, now);
    if (const auto* due = std::get_if<DuePhrase>(&outcome)) {
        fuzz::expect(due->at > now && due->at < now + 24h * 800, "it is ahead, and not in another age");
        fuzz::expect(due->words_used > 0 && due->words_used <= words.size(), "it was made of words");
    }
    if (!words.empty()) {
        (void)promise_choice(words.front(), hours, now);
        (void)snooze_choice(words.front(), hours, now);
    }
    return 0;
}
