// How Japanese asks, and what only looks as if it did. Pieces of text, since it does not separate words.
#include "bot/threads/phrase_book.hpp"

namespace ackd {
namespace {

using std::string_view;

constexpr string_view question_phrase[] = {"どうすれば",
                                           "どうやって",
                                           "ありますか",
                                           "できますか",
                                           "でしょうか",
                                           "ですか$",
                                           "ますか$",
                                           "ませんか$",
                                           "でしたか$",
                                           "ましたか$",
                                           "ですか？$",
                                           "ますか？$",
                                           "ませんか？$",
                                           "ましたか？$",
                                           "のか教えて",
                                           "って何"};

constexpr string_view asks_room[] = {"誰か",
                                     "だれか",
                                     "どなたか",
                                     "わかる人",
                                     "分かる人",
                                     "詳しい方",
                                     "知っている人",
                                     "ご存知の方",
                                     "ご存じの方",
                                     "ご存知ですか"};

constexpr string_view request[] = {"教えて",
                                   "お願いします",
                                   "お願いできます",
                                   "おねがいします",
                                   "いただけますか",
                                   "いただけませんか",
                                   "もらえますか",
                                   "くれますか",
                                   "助けて",
                                   "手伝って",
                                   "確認してください",
                                   "見てください",
                                   "ご確認ください"};

constexpr string_view indirect[] = {
    "知りたい", "わからなくて", "分からなくて", "悩んで", "困って", "かな？$", "だろうか"};

constexpr string_view interrogative[] = {
    "なぜ", "なんで", "どうして", "どこ", "いつ", "どれ", "どの", "どんな", "どう", "何", "誰", "いくら"};

constexpr string_view trouble[] = {
    "エラー", "動かない", "動きません", "できない", "うまくいかない", "失敗し", "落ちる"};

constexpr string_view advice[] = {"試しましたか",
                                  "試してみましたか",
                                  "試してみては",
                                  "どうですか",
                                  "いかがですか",
                                  "いかがでしょう",
                                  "見ましたか"};

constexpr string_view tag[] = {"よね$", "よね？$", "ですよね", "でしょ？$", "だよね"};

constexpr string_view rhetorical[] = {
    "マジで？$", "まじで？$", "本当？$", "ほんと？$", "そうなの？$", "へえ"};

constexpr string_view greeting[] = {"お元気ですか", "元気ですか", "元気？$", "調子はどう"};

constexpr string_view guess[] = {"かも？$", "かもしれない", "と思う", "と思います", "たぶん", "多分"};

constexpr string_view reply[] = {"ありがとう", "了解", "承知", "なるほど", "そうですね", "わかりました"};

constexpr string_view joke[] = {"笑$", "ｗｗ", "www"};

constexpr SignalPhrases signals[] = {
    SignalPhrases{QuestionSignal::question_phrase, question_phrase},
    SignalPhrases{QuestionSignal::asks_room, asks_room},
    SignalPhrases{QuestionSignal::request, request},
    SignalPhrases{QuestionSignal::indirect, indirect},
    SignalPhrases{QuestionSignal::interrogative, interrogative},
    SignalPhrases{QuestionSignal::trouble, trouble},
    SignalPhrases{QuestionSignal::advice, advice},
    SignalPhrases{QuestionSignal::tag, tag},
    SignalPhrases{QuestionSignal::rhetorical, rhetorical},
    SignalPhrases{QuestionSignal::greeting, greeting},
    SignalPhrases{QuestionSignal::guess, guess},
    SignalPhrases{QuestionSignal::reply, reply},
    SignalPhrases{QuestionSignal::joke, joke},
};

}  // namespace

const LanguagePhrases& japanese_phrases()
{
    static constexpr LanguagePhrases table{{}, {}, {}, signals};
    return table;
}

}  // namespace ackd
