#include "bot/threads/subject_words.hpp"

#include "bot/lower_case.hpp"
#include "bot/threads/phrase_book.hpp"
#include "bot/threads/spoken_words.hpp"

#include <algorithm>
#include <string_view>

namespace ackd {
namespace {

constexpr std::size_t letters_min = 4;
constexpr std::size_t words_max = 200;

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || static_cast<unsigned char>(c) >= 0x80;
}

void add_words(std::string_view text, std::vector<std::uint64_t>& hashes)
{
    std::string word;
    for (std::size_t at = 0; at <= text.size() && hashes.size() < words_max; ++at) {
        if (at < text.size() && is_letter(text[at])) {
            word += lower_case(text[at]);
            continue;
        }
        if (word.size() >= letters_min && word.ends_with('s')) word.pop_back();  // one thing or several
        // Words by which questions are told are words of every talk.
        if (word.size() >= letters_min && PhraseBook::instance().number_of(word) == unknown_word)
            hashes.push_back(std::hash<std::string_view>{}(word));
        word.clear();
    }
}

void sort_and_unite(std::vector<std::uint64_t>& hashes)
{
    std::sort(hashes.begin(), hashes.end());
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

}  // namespace

void SubjectWords::add(const SubjectWords& other)
{
    hashes_.insert(hashes_.end(), other.hashes_.begin(), other.hashes_.end());
    sort_and_unite(hashes_);
}

std::size_t SubjectWords::shared_with(const SubjectWords& other) const
{
    return static_cast<std::size_t>(std::count_if(hashes_.begin(), hashes_.end(), [&](std::uint64_t hash) {
        return std::binary_search(other.hashes_.begin(), other.hashes_.end(), hash);
    }));
}

SubjectWords subject_words_of(const RichText& text)
{
    SubjectWords subject;
    for (const Span& span : with_links_as_words(text)) {
        if (const auto* words = std::get_if<Words>(&span)) add_words(words->text, subject.hashes_);
        if (const auto* words = std::get_if<Strong>(&span)) add_words(words->text, subject.hashes_);
        if (const auto* code = std::get_if<Code>(&span)) add_words(code->text, subject.hashes_);
    }
    sort_and_unite(subject.hashes_);
    return subject;
}

}  // namespace ackd
