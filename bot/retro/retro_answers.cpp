// What people write: answers by form, notes by command.
//
// Of what is written without a name nothing is kept but the words (retro_table.hpp). The same form sent twice
// must not count twice, and nobody may be remembered for that: the form carries 128 random bits that are
// nowhere else, and the key of each answer is made of them. So the second one lands where the first one lies.
#include "bot/capacity/capacity_handlers.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/retro/retro_handlers.hpp"
#include "bot/retro/retro_notices.hpp"
#include "bot/retro/retro_people.hpp"
#include "bot/retro/retro_rules.hpp"
#include "bot/retro/retro_table.hpp"
#include "bot/sha256.hpp"
#include "bot/trimmed.hpp"
#include "storage/scrub.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace ackd {

namespace {

/// Fewer know each other's way of writing.
constexpr std::size_t people_few = 4;
/// As RetroTable::random_bits has them.
constexpr std::size_t bits_length = 32;

std::string field_of(int place)
{
    return fmt::format("q{}", place);
}

std::string key_of(std::string_view about)
{
    return hex_of(sha256_of(about)).substr(0, bits_length);
}

/// The bits that the form carries, behind the round's number; empty: none that are ours.
std::string_view bits_in(std::string_view form_context)
{
    const auto space = std::min(form_context.find(' '), form_context.size());
    const std::string_view bits = form_context.substr(std::min(space + 1, form_context.size()));
    const bool is_ours = bits.size() == bits_length &&
                         bits.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    return is_ours ? bits : std::string_view{};
}

std::string full_words()
{
    return fmt::format("{} answers and notes lie here already, and more nobody can read. Please bring yours "
                       "to the retro itself.",
                       retro_answers_max);
}

/// One for each question; an empty one takes back what this form, or by name this person, said before.
std::vector<SealedAnswer> answers_in(const RetroRound& round,
                                     std::size_t questions,
                                     const FormSubmitted& submitted)
{
    std::vector<SealedAnswer> answers;
    for (int place = 1; place <= static_cast<int>(questions); ++place) {
        const std::string_view text = trimmed(submitted.values.of(field_of(place)).text);
        SealedAnswer& answer = answers.emplace_back();
        answer.retro = round.retro;
        answer.team = round.team;
        answer.round = round.id;
        answer.question = place;
        answer.text = shortened(std::string{text}, retro_answer_length_max);
        if (round.is_anonymous) {
            answer.key = key_of(fmt::format("{} {}", bits_in(submitted.context), place));
        } else {
            // One of each question and person: the newest words count.
            answer.key = key_of(fmt::format("{} {} {}", round.id.value, place, submitted.person.value));
            answer.person = submitted.person;
        }
    }
    return answers;
}

}  // namespace

void empty_log_of_answers(HandlerContext& context)
{
    storage::want_empty_log(context.connection);
    context.upkeep.is_log_stale = true;
}

std::string answer_obstacle(HandlerContext& context, const RetroRound& round, const UserId& person)
{
    if (!takes_part(context, round.team, person))
        return fmt::format("This retro is of {}: its people answer.", round.team);
    if (round.state == RetroState::over)
        return fmt::format("{} is over. For the next one: /retro note what you noticed", name_of(round));
    if (round.state != RetroState::open)
        return fmt::format("{} takes no answers any more: what was said is being talked about. For the next "
                           "one: /retro note what you noticed",
                           name_of(round));
    return "";
}

Form retro_answer_form(HandlerContext& context, const RetroRound& round, const UserId& person)
{
    const RetroTable table{context.connection};
    Form form;
    form.context = fmt::format("{} {}", round.id.value, table.random_bits());
    form.title = "Retro";
    form.submit_label = "Send";
    form.introduction.push_back(plain_line(round.is_anonymous ? anonymous_words() : named_words()));
    const Team* team = team_named(context, round.team);
    if (round.is_anonymous && team != nullptr && participants_of(context, *team).size() < people_few)
        form.introduction.push_back(small_line("With so few people, others may guess who wrote what."));
    for (Line& line : retro_fact_lines(context, round)) form.introduction.push_back(std::move(line));
    const auto before = round.is_anonymous ? std::map<int, std::string>{}
                                           : table.answers_of(round.id, person);
    int place = 0;
    for (const std::string& question : table.questions_of(round.id)) {
        FormField field;
        field.name = field_of(++place);
        field.label = question;
        field.is_optional = true;
        field.length_max = retro_answer_length_max;
        if (const auto said = before.find(place); said != before.end()) field.initial = {said->second};
        form.fields.push_back(std::move(field));
    }
    if (form.fields.empty()) {
        FormField none;
        none.name = field_of(1);
        none.label = "Answer";
        none.is_optional = true;
        form.fields.push_back(std::move(none));
    }
    return form;
}

FormProblems take_retro_answers(HandlerContext& context,
                                const RetroRound& round,
                                const FormSubmitted& submitted)
{
    const std::string first = field_of(1);
    if (std::string obstacle = answer_obstacle(context, round, submitted.person); !obstacle.empty())
        return {{first, std::move(obstacle)}};
    if (bits_in(submitted.context).empty())
        return {{first, "This form is not whole any more. Please copy your text, and open it again."}};
    const RetroTable table{context.connection};
    const auto answers = answers_in(round, table.questions_of(round.id).size(), submitted);
    std::vector<SealedAnswer> given;
    std::copy_if(answers.begin(), answers.end(), std::back_inserter(given), [](const SealedAnswer& answer) {
        return !answer.text.empty();
    });
    // Nothing at all is an answer where something lay there: it is taken back.
    if (given.empty() && table.count_known(answers) == 0)
        return {{first, "Please answer at least one of them."}};
    const int more = static_cast<int>(given.size()) - table.count_known(given);
    if (more > 0 && table.count(round.id) + more > retro_answers_max) return {{first, full_words()}};
    table.add(answers);
    if (round.is_anonymous) empty_log_of_answers(context);
    return {};
}

Notice take_retro_note(HandlerContext& context,
                       const Retro& retro,
                       const UserId& person,
                       const std::string& text)
{
    if (shortened(text, retro_answer_length_max) != text)
        return retro_note_refusal(fmt::format("A note has at most {} characters, and this one has more. "
                                              "Please make it shorter, or two of it:",
                                              retro_answer_length_max),
                                  text);
    const RetroTable table{context.connection};
    const auto live = table.live(retro.name);
    const bool is_now = live && live->state == RetroState::open && live->team == retro.team;
    const bool is_anonymous = is_now ? live->is_anonymous : retro.is_anonymous;
    SealedAnswer note;
    note.retro = retro.name;
    note.team = retro.team;
    note.round = is_now ? live->id : RetroRoundId{};
    note.text = text;
    note.key = table.random_bits();
    if (!is_anonymous) note.person = person;
    const int count = is_now ? table.count(note.round) : table.count_notes(retro);
    if (count >= retro_answers_max) return retro_note_refusal(full_words(), text);
    table.add({note});
    if (is_anonymous) empty_log_of_answers(context);
    return retro_note_reply(context, retro, person, is_anonymous, is_now ? live : std::nullopt);
}

}  // namespace ackd
