// The two forms of a read-back, each with one field: the line that somebody says, and the correction of who
// asked.
#include "bot/commands/whole_number.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/read_back_handlers.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace ackd {

namespace {

constexpr const char* line_field = "line";
constexpr const char* correction_field = "correction";

/// "r12 5": the request, and the turn that a correction is about.
struct Occasion {
    RequestId request;
    std::int64_t turn = 0;
};

std::string to_text(const Occasion& occasion)
{
    return fmt::format("r{} {}", occasion.request.value, occasion.turn);
}

/// It is ours, but it has been through other hands.
Occasion occasion_in(const std::string& text)
{
    const auto space = text.find(' ');
    if (text.empty() || space == std::string::npos) return {};
    const auto request = parse_whole_number(std::string_view{text}.substr(1, space - 1));
    const auto turn = parse_whole_number(std::string_view{text}.substr(space + 1));
    return {RequestId{request.value_or(0)}, turn.value_or(0)};
}

void open_form(HandlerContext& context,
               const ActionTaken& taken,
               std::string_view form,
               const Occasion& occasion)
{
    OutboxRow row;
    row.kind = OutboxKind::form;
    row.lane = OutboxLane::interactive;
    row.conversation = screen_of(taken.person);
    row.payload = nlohmann::json{{"read_back", std::string{form}},
                                 {"about", to_text(occasion)},
                                 {"trigger", taken.trigger},
                                 {"person", taken.person.value},
                                 {"channel", taken.message.channel.value},
                                 {"reply_address", taken.reply_address}}
                      .dump();
    row.created_at = row.not_before = context.now;
    context.outbox.add(row);
}

Form say_back_form(HandlerContext& context, const Request& request)
{
    Form form;
    form.title = "Say it back";
    form.submit_label = "Say it";
    form.introduction.push_back(quote_line(request));
    form.introduction.push_back(small_line(
        fmt::format("{} reads it, then it is deleted.", context.directory.name_of(request.creditor))));
    FormField& line = form.fields.emplace_back();
    line.name = line_field;
    line.label = "In one line: what will you do differently?";
    line.length_max = said_back_length_max;
    return form;
}

Form correction_form(const Request& request)
{
    Form form;
    form.title = "Not quite";
    form.submit_label = "Ask again";
    form.introduction.push_back(quote_line(request));
    form.introduction.push_back(small_line(
        "Everybody who has received it is asked again, with this on top. What was said back is deleted."));
    FormField& correction = form.fields.emplace_back();
    correction.name = correction_field;
    correction.label = "What is it, then?";
    correction.length_max = correction_length_max;
    return form;
}

/// One line of it, without blanks around it.
std::string one_line(const std::string& typed)
{
    std::string line;
    for (const char letter : typed) {
        const bool is_blank = letter == ' ' || (letter >= '\t' && letter <= '\r');
        if (!is_blank)
            line += letter;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    return line;
}

bool is_longer_than(const std::string& text, int length_max)
{
    return shortened(text, static_cast<std::size_t>(length_max)) != text;
}

}  // namespace

bool is_read_back_row(const OutboxRow& row)
{
    return nlohmann::json::parse(row.payload).contains("read_back");
}

std::optional<OpenForm> read_back_form_in(HandlerContext& context, const OutboxRow& row)
{
    const auto payload = nlohmann::json::parse(row.payload);
    const std::string about = payload.at("about").get<std::string>();
    const auto request = context.obligations.find(occasion_in(about).request);
    if (!request) return std::nullopt;
    const std::string name = payload.at("read_back").get<std::string>();
    Form form = name == correction_form_name ? correction_form(*request) : say_back_form(context, *request);
    form.name = name;
    form.context = about;
    return OpenForm{payload.at("trigger").get<std::string>(), std::move(form)};
}

void open_say_back_form(HandlerContext& context, const ActionTaken& taken, const Request& request)
{
    open_form(context, taken, say_back_form_name, {request.id, 0});
}

void open_correction_form(HandlerContext& context,
                          const ActionTaken& taken,
                          const Request& request,
                          std::int64_t turn)
{
    open_form(context, taken, correction_form_name, {request.id, turn});
}

FormProblems take_read_back_form(HandlerContext& context, const FormSubmitted& submitted)
{
    // The answer to the first submission may have been lost: then the form is still open, and is sent again.
    const std::string form_key = "form:" + submitted.instance;
    if (context.seen.contains(form_key)) return {};
    const bool corrects = submitted.name == correction_form_name;
    const char* field = corrects ? correction_field : line_field;
    const int length_max = corrects ? correction_length_max : said_back_length_max;
    std::string words = one_line(submitted.values.of(field).text);
    if (words.empty()) return {{field, "Say it in a line."}};
    if (is_longer_than(words, length_max))
        return {{field, fmt::format("That is more than {} characters.", length_max)}};
    const Occasion occasion = occasion_in(submitted.context);
    auto request = context.obligations.find(occasion.request);
    if (!request) return {{field, "I do not know this request any more."}};
    std::string problem;
    if (!corrects) {
        problem = say_back(context, *request, submitted.person, std::move(words));
    } else if (request->creditor != submitted.person) {
        problem = "Only who asked can correct it.";
    } else {
        problem = correct(context, *request, occasion.turn, std::move(words));
    }
    if (!problem.empty()) return {{field, problem}};
    static_cast<void>(context.seen.insert(form_key));
    return {};
}

}  // namespace ackd
