#include "bot/threads/closing_words.hpp"

#include "bot/lower_case.hpp"
#include "bot/threads/spoken_words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace ackd {
namespace {

constexpr std::size_t looked_at_bytes = 160;
constexpr std::size_t joining_bytes_max = 90;

// In lower case, without apostrophes.
constexpr std::string_view thanking[] = {"thanks",
                                         "thank you",
                                         "thx",
                                         "cheers",
                                         "tysm",
                                         "that works",
                                         "that worked",
                                         "works now",
                                         "that helps",
                                         "that helped",
                                         "perfect",
                                         "danke",
                                         "merci",
                                         "gracias",
                                         "obrigado",
                                         "obrigada",
                                         "ありがとう"};
constexpr std::string_view settling[] = {"never mind",        "nevermind",        "nvm",
                                         "figured it out",    "figured out",      "found it",
                                         "found the",         "solved it",        "have that fixed",
                                         "have it fixed",     "got it fixed",     "solved",
                                         "fixed it",          "got it working",   "got it to work",
                                         "works now",         "working now",      "turns out",
                                         "ignore that",       "ignore me",        "ignore my",
                                         "no longer need",    "answering my own", "answer to my own",
                                         "my mistake",        "my bad",           "moot",
                                         "that was it",       "did the trick",    "user error",
                                         "hat sich erledigt", "erledigt",         "c'est bon",
                                         "laisse tomber",     "trouvé",           "ya lo resolví",
                                         "olvídalo",          "já consegui",      "deixa pra lá",
                                         "解決しました",      "自己解決"};
constexpr std::string_view staying_stuck[] = {
    "still stuck",         "still not working",   "still doesnt work",
    "still does not work", "still open",          "still no luck",
    "didnt help",          "did not help",        "doesnt help",
    "does not help",       "noch offen",          "geht immer noch nicht",
    "hilft leider nicht",  "toujours bloqué",     "ça ne marche toujours pas",
    "sigo atascado",       "sigue sin funcionar", "continuo travado",
    "ainda não funciona",  "まだ解決していません"};
constexpr std::string_view joining[] = {"same here",
                                        "same question",
                                        "same problem",
                                        "me too",
                                        "for me, too",
                                        "for me too",
                                        "if you find",
                                        "please let me know",
                                        "let me know too",
                                        "also interested",
                                        "interested too",
                                        "wondered the same",
                                        "wondering the same",
                                        "would also like to know",
                                        "+1",
                                        "also curious",
                                        "id like to know too",
                                        "id also like to know",
                                        "ich auch",
                                        "moi aussi",
                                        "yo también",
                                        "eu também",
                                        "私も"};

bool begins_word(std::string_view text, std::size_t at)
{
    return at == 0 ||
           !((text[at - 1] >= 'a' && text[at - 1] <= 'z') || (text[at - 1] >= '0' && text[at - 1] <= '9'));
}

template <std::size_t count>
bool has_one_of(std::string_view text, const std::string_view (&phrases)[count])
{
    return std::any_of(std::begin(phrases), std::end(phrases), [&](std::string_view phrase) {
        const auto at = text.find(phrase);
        return at != std::string_view::npos && begins_word(text, at);
    });
}

/// "ah", "Aaaah", "oh I see", "aha"; not "ahead" or "oh no".
bool begins_understanding(std::string_view said)
{
    const auto begin = said.find_first_not_of(" *_(");
    if (begin == std::string_view::npos) return false;
    said.remove_prefix(begin);
    for (const std::string_view phrase :
         {"oh i see", "oh, i see", "oh wait", "oh, wait", "i see", "oh. ", "aha"})
        if (said.starts_with(phrase)) return true;
    const auto letters = said.find_first_not_of('a');
    if (letters == 0 || letters == std::string_view::npos || said[letters] != 'h') return false;
    const auto end = said.find_first_not_of('h', letters);
    return end == std::string_view::npos || !(said[end] >= 'a' && said[end] <= 'z');
}

}  // namespace

Closing closing_of(const RichText& text)
{
    std::string said;
    for (const Span& span : with_links_as_words(text)) {
        const auto* words = std::get_if<Words>(&span);
        if (words == nullptr) continue;
        for (const char c : words->text) {
            if (said.size() >= looked_at_bytes) break;
            if (c != '\'') said += lower_case(c);
        }
    }
    if (has_one_of(said, staying_stuck)) return Closing::stuck;
    if (has_one_of(said, settling)) return Closing::settled;
    // Somebody who also answers writes more.
    if (said.size() <= joining_bytes_max && has_one_of(said, joining)) return Closing::joins;
    if (has_one_of(said, thanking)) return Closing::thanks;
    return begins_understanding(said) ? Closing::understood : Closing::none;
}

}  // namespace ackd
