// A byte for the time of day at which it is typed, and the words behind /out.
#include "bot/people/absence_phrase.hpp"
#include "tests/fuzz/fuzz_target.hpp"

using namespace ackd;
using namespace std::chrono_literals;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const WorkingHours hours{"Europe/Berlin"};
    fuzz::Choices choices{fuzz::text_of(data, size)};
    const Instant now = Instant{std::chrono::seconds{1'700'000'000}} + choices.byte() * 97h;
    RichText text;
    while (!choices.empty()) {
        text.push_back(Words{std::string{choices.line()}});
        if (!choices.empty()) text.push_back(Mention{UserId{"Ubo"}});
    }
    const AbsencePhrase phrase = parse_absence_phrase(text, hours, now);
    if (const auto* asked = std::get_if<AskedAbsence>(&phrase)) {
        fuzz::expect(asked->span.from >= now && asked->span.from < asked->span.until, "ahead, and in order");
        fuzz::expect(asked->span.until < now + 24h * 800, "not in another age");
        fuzz::expect(asked->reason.size() <= absence_reason_max, "no longer than a line");
    }
    if (const auto* mistake = std::get_if<AbsenceMistake>(&phrase))
        fuzz::expect(mistake->corrected.starts_with("/out "), "a line to send");
    return 0;
}
