// What the people of a simulated month ask in a channel, and how the others answer.
#include "tests/simulation/simulated_people.hpp"

#include <fmt/format.h>

#include <array>

namespace ackd::simulation {

using namespace std::chrono_literals;

void SimulatedPeople::ask_in_channel()
{
    constexpr std::array sayings{"does anyone know how to restart number ",
                                 "could somebody look at number ",
                                 "what is the state of number ",
                                 "we have moved to number "};
    const UserId asker = somebody().member.id;
    const ChannelId channel = random_.chance(0.8) ? team_.channels.front().id : some_channel().id;
    std::string thread;
    if (random_.chance(0.2))
        thread = chat_.post(somebody().member.id, channel, "", {Words{"a thread"}}).stamp;
    RichText text;
    if (random_.chance(0.3)) text = recipients();
    std::erase_if(text, [](const Span& span) { return std::holds_alternative<Words>(span); });
    const std::string saying = one_of(sayings, random_);
    text.push_back(Words{fmt::format(" {}{}?", saying, ++ask_count_)});
    const MessageRef question = chat_.post(asker, channel, thread, std::move(text));

    if (random_.chance(0.1))
        later(asker, thinking_time(), [this, question] { chat_.edit(question, {Words{"it is solved"}}); });
    if (random_.chance(0.05)) later(asker, thinking_time(), [this, question] { chat_.remove(question); });
    if (random_.chance(0.15)) {
        later(asker, thinking_time(), [this, asker, question] {
            const SeenMessage* seen = chat_.find(question);
            if (seen == nullptr || seen->deleted) return;
            const std::string& in = seen->thread.empty() ? question.stamp : seen->thread;
            chat_.post(asker, question.channel, in, {Words{"still stuck, sorry"}});
        });
    }
    const auto answers = random_.below(3);
    for (std::uint64_t count = 0; count < answers; ++count) {
        const UserId person = somebody().member.id;
        later(person, thinking_time(), [this, person, question] { answer_in_thread(person, question); });
    }
}

void SimulatedPeople::answer_in_thread(const UserId& person, const MessageRef& question)
{
    const SeenMessage* seen = chat_.find(question);
    if (seen == nullptr || seen->deleted) return;
    const std::string thread = seen->thread.empty() ? question.stamp : seen->thread;
    switch (random_.below(5)) {
        case 0: return react_to(person, *seen);
        case 1: chat_.post(person, question.channel, thread, {Words{"same here"}}); return;
        case 2:
            chat_.post(person, question.channel, "", {Words{"it is the second switch from the left"}});
            return;
        default:
            chat_.post(person, question.channel, thread, {Words{"by the second switch from the left"}});
            return;
    }
}

}  // namespace ackd::simulation
