#include "bot/threads/spoken_words.hpp"

#include "bot/lower_case.hpp"

#include <algorithm>
#include <array>

namespace ackd {
namespace {

// Longer words are in no table; of a longer text only so much is looked at, which is far more than anybody
// types.
constexpr std::size_t word_bytes_max = 32;
constexpr std::size_t text_bytes_max = 16U << 10U;
constexpr std::size_t quotation_bytes_max = 600;

// What stands in the plain text for a span that is no words. None of them is in valid text.
constexpr char mention_byte = '\x01';
constexpr char code_byte = '\x02';

/// What follows a link is no part of its address.
Words said_of(const Link& link)
{
    return Words{link.address + " "};
}

struct SpanToPlain {
    std::string& plain;

    void operator()(const Words& span) const
    {
        for (const char c : span.text) plain += c == mention_byte || c == code_byte ? ' ' : c;
    }
    void operator()(const Strong& span) const { (*this)(Words{span.text}); }
    void operator()(const Mention& /*span*/) const { plain += mention_byte; }
    void operator()(const GroupMention& /*span*/) const { plain += mention_byte; }
    void operator()(const ChannelName& /*span*/) const { plain += code_byte; }
    void operator()(const MessageLink& /*span*/) const { plain += code_byte; }
    void operator()(const Link& span) const { (*this)(said_of(span)); }
    void operator()(const Moment& /*span*/) const { plain += code_byte; }
    void operator()(const Code& /*span*/) const { plain += code_byte; }
};

bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

struct Symbol {
    std::string_view bytes;
    enum class Meaning : std::uint8_t {
        question,
        end,
        clause,
        quote_open,
        quote_close,
        nothing,
        apostrophe
    } meaning;
};

/// Punctuation outside of ASCII, by its bytes.
constexpr std::array symbols{
    Symbol{"？", Symbol::Meaning::question},
    Symbol{"؟", Symbol::Meaning::question},
    Symbol{"。", Symbol::Meaning::end},
    Symbol{"！", Symbol::Meaning::end},
    Symbol{"…", Symbol::Meaning::end},
    Symbol{"、", Symbol::Meaning::clause},
    Symbol{"，", Symbol::Meaning::clause},
    Symbol{"—", Symbol::Meaning::clause},
    Symbol{"–", Symbol::Meaning::clause},
    Symbol{"¿", Symbol::Meaning::clause},
    Symbol{"¡", Symbol::Meaning::clause},
    Symbol{"“", Symbol::Meaning::quote_open},
    Symbol{"„", Symbol::Meaning::quote_open},
    Symbol{"«", Symbol::Meaning::quote_open},
    Symbol{"「", Symbol::Meaning::quote_open},
    Symbol{"”", Symbol::Meaning::quote_close},
    Symbol{"»", Symbol::Meaning::quote_close},
    Symbol{"」", Symbol::Meaning::quote_close},
    Symbol{"’", Symbol::Meaning::apostrophe},
    Symbol{"‘", Symbol::Meaning::apostrophe},
    Symbol{"\xC2\xA0", Symbol::Meaning::nothing},  // no-break spaces, as French has before "?"
    Symbol{"\xE2\x80\xAF", Symbol::Meaning::nothing},
    Symbol{"\xEF\xB8\x8F", Symbol::Meaning::nothing},  // what makes a picture of a sign
};

const Symbol* symbol_at(std::string_view text)
{
    const auto first = static_cast<unsigned char>(text.front());
    if (first != 0xC2 && first != 0xD8 && first != 0xE2 && first != 0xE3 && first != 0xEF) return nullptr;
    const auto found = std::find_if(
        symbols.begin(), symbols.end(), [&](const Symbol& symbol) { return text.starts_with(symbol.bytes); });
    return found == symbols.end() ? nullptr : &*found;
}

/// Bytes of a picture at the front: U+2190–U+2BFF without letters, U+1F000 and above; else 0.
std::size_t picture_bytes(std::string_view text)
{
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    if (byte(0) == 0xF0 && text.size() >= 4 && byte(1) == 0x9F) return 4;
    if (byte(0) == 0xE2 && text.size() >= 3 && byte(1) >= 0x86 && byte(1) <= 0xAF) return 3;
    return 0;
}

/// `:smile:` at the front, without its colons; else nothing.
std::string_view emoji_name(std::string_view text)
{
    constexpr std::size_t name_bytes_max = 60;
    const auto end = text.find(':', 1);
    if (end == std::string_view::npos || end < 3 || end > name_bytes_max) return {};
    const std::string_view name = text.substr(1, end - 1);
    const bool is_name = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '+';
    });
    const bool is_time = std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
    return is_name && !is_time ? name : std::string_view{};
}

bool is_laughter(std::string_view emoji)
{
    constexpr std::array<std::string_view, 12> laughing{"joy",
                                                        "wink",
                                                        "stuck_out_tongue",
                                                        "stuck_out_tongue_winking_eye",
                                                        "laughing",
                                                        "rolling_on_the_floor_laughing",
                                                        "smirk",
                                                        "sweat_smile",
                                                        "grin",
                                                        "upside_down_face",
                                                        "rofl",
                                                        "smile_cat"};
    return std::find(laughing.begin(), laughing.end(), emoji) != laughing.end();
}

class Speech {
public:
    explicit Speech(SpokenWords& out)
        : out_(out), text_(std::string_view{out.plain}.substr(0, text_bytes_max))
    {}

    void read()
    {
        begin_line();
        while (at_ < text_.size()) step();
        end_sentence(false);
        choose_language();
    }

private:
    void step()
    {
        const char c = text_[at_];
        const std::string_view rest = text_.substr(at_);
        switch (c) {
            case '\n':
                end_sentence(false);
                ++at_;
                begin_line();
                return;
            case mention_byte:
                if (out_.words.empty()) out_.begins_with_mention = true;
                add(mention_mark);
                ++at_;
                return;
            case code_byte:
                add(code_mark);
                ++at_;
                return;
            case '`': skip_code(rest); return;
            case '"': skip_quotation(rest.find('"', 1), 1); return;
            case '?': read_question_mark(); return;
            case '!':
            case ';':
                end_sentence(false);
                ++at_;
                return;
            case '.':
                while (at_ < text_.size() && text_[at_] == '.') ++at_;
                if (at_ < text_.size() && text_[at_] == '?') return;  // "…?"
                if (at_ == text_.size() || is_space(text_[at_]) || text_[at_] == ')') end_sentence(false);
                return;
            case ':': read_colon(rest); return;
            case ',':
                add(clause_break);
                ++at_;
                return;
            case '^': read_pointer(rest); return;
            case '(':
                add(clause_break);
                ++parentheses_;
                ++at_;
                return;
            case ')':
                add(clause_break);
                parentheses_ = std::max(0, parentheses_ - 1);
                ++at_;
                return;
            case '-':
                if (at_ + 1 == text_.size() || is_space(text_[at_ + 1])) add(clause_break);
                ++at_;
                return;
            default: break;
        }
        if (is_letter(c))
            read_word(rest);
        else
            ++at_;
    }

    /// A line that is quoted or that a program wrote is not said.
    void begin_line()
    {
        while (true) {
            const auto content = text_.find_first_not_of(" \t\r", at_);
            if (content == std::string_view::npos || text_[content] != '>') return;
            if (text_.substr(content).starts_with(">>>")) {
                at_ = text_.size();  // all that follows
                return;
            }
            // ">" may also be a prompt or a comparison; a line that begins with it is foreign either way.
            at_ = std::min(text_.find('\n', content), text_.size());
            if (at_ == text_.size()) return;
            ++at_;
        }
    }

    void skip_code(std::string_view rest)
    {
        if (rest.starts_with("```")) {
            const auto end = rest.find("```", 3);
            at_ = end == std::string_view::npos ? text_.size() : at_ + end + 3;
            add(code_mark);
            return;
        }
        const auto end = rest.find_first_of("`\n", 1);
        if (end == std::string_view::npos || rest[end] == '\n') {
            ++at_;
            return;
        }
        at_ += end + 1;
        add(code_mark);
    }

    /// `end`: where the closing mark is, in the rest; it has `closing_bytes`.
    void skip_quotation(std::size_t end, std::size_t closing_bytes)
    {
        const bool follows_word = at_ > 0 && is_letter(text_[at_ - 1]);
        if (end == std::string_view::npos || end > quotation_bytes_max || follows_word) {
            ++at_;
            return;
        }
        at_ += end + closing_bytes;
        add(code_mark);
    }

    void read_colon(std::string_view rest)
    {
        if (const std::string_view emoji = emoji_name(rest); !emoji.empty()) {
            out_.laughs = out_.laughs || is_laughter(emoji);
            at_ += emoji.size() + 2;
            return;
        }
        ++at_;
        // After a mention it only addresses: "@ann: is it?".
        const bool is_address = words_in_sentence() == 1 && out_.words.back() == mention_mark;
        if (at_ < text_.size() && is_space(text_[at_]) && !is_address) end_sentence(false);
    }

    /// Names of functions may end in a question mark, as `empty?` does, and addresses hold them.
    [[nodiscard]] bool is_in_name() const
    {
        const auto next = at_ + 1 < text_.size() ? text_[at_ + 1] : ' ';
        if (is_letter(next) && static_cast<unsigned char>(next) < 0x80) return true;
        if (next == '=' || next == '/' || next == '&' || next == '`') return true;
        const std::string_view before = text_.substr(0, at_);
        const auto word_end = before.size();
        std::size_t begin = word_end;
        while (begin > 0 && (is_letter(before[begin - 1]) || before[begin - 1] == '-')) --begin;
        const std::string_view word = before.substr(begin);
        const bool opens_list = begin > 0 && before[begin - 1] == '(' && next == ' ';
        const bool goes_on = next == ' ' && at_ + 2 < text_.size() && text_[at_ + 2] >= 'a' &&
                             text_[at_ + 2] <= 'z';
        const bool has_hyphen = word.find('-') != std::string_view::npos;
        return goes_on && (opens_list || has_hyphen);
    }

    /// "^" or "^^^" alone: whoever it is for shall look at what stands above.
    void read_pointer(std::string_view rest)
    {
        const auto end = std::min(rest.find_first_not_of('^'), rest.size());
        const bool is_alone = (at_ == 0 || !is_letter(text_[at_ - 1])) &&
                              (end == rest.size() || !is_letter(rest[end]));
        if (is_alone) add(PhraseBook::instance().number_of("↑"));
        at_ += end;
    }

    void read_question_mark()
    {
        if (is_in_name()) {
            ++at_;
            return;
        }
        while (at_ < text_.size() && (text_[at_] == '?' || text_[at_] == '!')) ++at_;
        end_sentence(true);
    }

    void read_word(std::string_view rest)
    {
        if (static_cast<unsigned char>(rest.front()) >= 0x80) {
            if (const std::size_t picture = picture_bytes(rest); picture > 0) {
                at_ += picture;
                return;
            }
            if (const Symbol* symbol = symbol_at(rest)) {
                read_symbol(*symbol, rest);
                return;
            }
        }
        std::array<char, word_bytes_max> word{};
        std::size_t size = 0;
        std::size_t end = 0;
        for (; end < rest.size(); ++end) {
            const char c = rest[end];
            if (c == '\'') continue;
            if (!is_letter(c)) break;
            if (static_cast<unsigned char>(c) >= 0xC2 && end > 0) {
                const std::string_view here = rest.substr(end);
                if (picture_bytes(here) > 0) break;
                if (const Symbol* symbol = symbol_at(here)) {
                    if (symbol->meaning != Symbol::Meaning::apostrophe) break;
                    end += symbol->bytes.size() - 1;
                    continue;
                }
            }
            if (size < word.size()) word[size] = small(c, end > 0 ? rest[end - 1] : '\0');
            ++size;
        }
        if (rest.substr(end).starts_with("://")) {
            while (end < rest.size() && !is_space(rest[end])) ++end;
            // The sentence's own marks may stick to an address.
            while (std::string_view{".,;:?!)"}.find(rest[end - 1]) != std::string_view::npos) --end;
            at_ += end;
            add(code_mark);
            return;
        }
        at_ += end;
        add(size > word.size() ? unknown_word
                               : PhraseBook::instance().number_of(std::string_view{word.data(), size}));
        ++spoken_;
    }

    void read_symbol(const Symbol& symbol, std::string_view rest)
    {
        const std::size_t bytes = symbol.bytes.size();
        switch (symbol.meaning) {
            case Symbol::Meaning::question:
                at_ += bytes;
                end_sentence(true);
                return;
            case Symbol::Meaning::end:
                if (!rest.substr(bytes).starts_with('?')) end_sentence(false);
                break;
            case Symbol::Meaning::clause: add(clause_break); break;
            case Symbol::Meaning::quote_open: {
                const std::string_view closing = symbol.bytes == "“"   ? "”"
                                                 : symbol.bytes == "„" ? "“"
                                                 : symbol.bytes == "«" ? "»"
                                                                       : "」";
                const auto end = rest.find(closing, bytes);
                if (end != std::string_view::npos && end <= quotation_bytes_max) {
                    at_ += end + closing.size();
                    add(code_mark);
                    return;
                }
                break;
            }
            case Symbol::Meaning::quote_close:
            case Symbol::Meaning::apostrophe:
            case Symbol::Meaning::nothing: break;
        }
        at_ += bytes;
    }

    /// Lower case of ASCII and of Latin-1's letters, whose second byte tells it.
    static char small(char c, char before)
    {
        const auto byte = static_cast<unsigned char>(c);
        if (static_cast<unsigned char>(before) == 0xC3 && byte >= 0x80 && byte <= 0x9E && byte != 0x97)
            return static_cast<char>(byte + 0x20);
        return lower_case(c);
    }

    void add(WordNumber word) { out_.words.push_back(word); }

    [[nodiscard]] std::size_t words_in_sentence() const { return out_.words.size() - sentence_begin_; }

    void end_sentence(bool has_question_mark)
    {
        const std::size_t count = words_in_sentence();
        if (count == 0 && !has_question_mark) {
            text_begin_ = at_;
            return;
        }
        SpokenSentence sentence;
        sentence.first_word = static_cast<std::uint32_t>(sentence_begin_);
        sentence.word_count = static_cast<std::uint32_t>(count);
        sentence.spoken_count = spoken_;
        sentence.has_question_mark = has_question_mark;
        sentence.in_parentheses = has_question_mark && parentheses_ > 0;
        sentence.first_byte = static_cast<std::uint32_t>(text_begin_);
        sentence.byte_count = static_cast<std::uint32_t>(at_ - text_begin_);
        out_.sentences.push_back(sentence);
        sentence_begin_ = out_.words.size();
        spoken_ = 0;
        text_begin_ = at_;
    }

    void choose_language()
    {
        if (is_japanese()) {
            out_.language = SpokenLanguage::japanese;
            return;
        }
        std::array<std::size_t, spoken_language_count> votes{};
        const PhraseBook& book = PhraseBook::instance();
        for (const WordNumber word : out_.words) {
            const std::uint8_t languages = book.languages_of(word);
            for (std::size_t each = 0; languages != 0 && each < votes.size(); ++each)
                votes[each] += languages >> each & 1U;
        }
        constexpr std::size_t opening_mark = 3;  // nobody else writes it
        if (text_.find("¿") != std::string_view::npos)
            votes[static_cast<std::size_t>(SpokenLanguage::spanish)] += opening_mark;
        const auto most = std::max_element(votes.begin(), votes.end());  // the first of equals: English
        out_.language = static_cast<SpokenLanguage>(most - votes.begin());
    }

    /// Kana is Japanese alone: U+3041 to U+30FF are E3 81 … to E3 83 ….
    [[nodiscard]] bool is_japanese() const
    {
        std::size_t kana = 0;
        for (auto at = text_.find('\xE3'); at != std::string_view::npos && at + 1 < text_.size();
             at = text_.find('\xE3', at + 1))
        {
            const auto second = static_cast<unsigned char>(text_[at + 1]);
            kana += second >= 0x81 && second <= 0x83 ? 1 : 0;
        }
        return kana >= 2;
    }

    SpokenWords& out_;
    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t text_begin_ = 0;
    std::size_t sentence_begin_ = 0;
    std::uint32_t spoken_ = 0;
    int parentheses_ = 0;
};

}  // namespace

RichText with_links_as_words(const RichText& text)
{
    RichText out;
    for (const Span& span : text) {
        const auto* link = std::get_if<Link>(&span);
        Span next = link == nullptr ? span : Span{said_of(*link)};
        const auto* words = std::get_if<Words>(&next);
        auto* before = out.empty() ? nullptr : std::get_if<Words>(&out.back());
        if (words != nullptr && before != nullptr)
            before->text += words->text;
        else
            out.push_back(std::move(next));
    }
    return out;
}

SpokenWords spoken_words_of(const RichText& text)
{
    SpokenWords spoken;
    for (const Span& span : text) std::visit(SpanToPlain{spoken.plain}, span);
    Speech{spoken}.read();
    return spoken;
}

}  // namespace ackd
