// How French asks, and what only looks as if it did.
#include "bot/threads/phrase_book.hpp"

namespace ackd {
namespace {

using std::string_view;

constexpr string_view common_words[] = {
    "le",   "la",      "les",      "des",  "est",   "et",     "un",    "une",     "pas",      "que",
    "qui",  "je",      "tu",       "vous", "nous",  "il",     "elle",  "on",      "ce",       "cette",
    "pour", "avec",    "dans",     "sur",  "mais",  "ou",     "où",    "avez",    "quelquun", "jai",
    "cest", "comment", "pourquoi", "quoi", "quel",  "quelle", "merci", "bonjour", "sil",      "plaît",
    "peut", "peux",    "peuxtu",   "fait", "faire", "être",   "sont",  "plus",    "au",       "aux",
    "du",   "en",      "ça",       "si",   "ai",    "as",     "ont"};

constexpr string_view fillers[] = {"bonjour", "salut",  "hello",    "hey",   "coucou", "bonsoir", "oui",
                                   "non",     "ok",     "alors",    "et",    "ou",     "mais",    "donc",
                                   "du",      "coup",   "euh",      "bon",   "ben",    "bah",     "merci",
                                   "désolé",  "petite", "question", "tous",  "tout",   "monde",   "les",
                                   "gens",    "au",     "fait",     "sinon", "aussi",  "une",     "autre"};

constexpr string_view conjunctions[] = {"et", "ou", "mais", "donc"};

constexpr string_view interrogative[] = {
    "~ qui|que|quoi|quel|quelle|quels|quelles|comment|pourquoi|où|quand|combien|lequel|laquelle|quest",
    "~ est|sont|a|as|avez|avons|peut|peux|pouvez|peuton|peutil|doit|dois|fautil|faut|existe|existetil|saistu|savez|sais|connaissez|connais|puis|pourrait|pourrais|pourriez|veux|voulez|serait ce|cela|ça|il|elle|on|vous|tu|je|t|que|quelquun|un|une",
    "~ est ce que|quil|quon|quelquun|quil",
    "~ y a t|til|til"};

constexpr string_view question_phrase[] = {
    "^ est ce que|quil|quelle|quelquun|quon|quun",
    "^ quest ce que|qui|quil",
    "^ comment faire|fait|puis|peut|on|je|faut|est|ça|fonctionne|faites|vous|faiton|obtenir|utiliser",
    "^ pourquoi est|le|la|les|ce|ça|mon|je|on",
    "^ où est|sont|puis|peut|se|trouver|trouve|je",
    "^ quel|quelle|quels|quelles est|sont|serait|version|outil",
    "~ y a til|t|ti",
    "~ existe t|til",
    "~ existetil un|une|des",
    "comment est ce|on|je|peut",
    "une|petite|autre question sur|concernant|à|au"};

constexpr string_view asks_room[] = {
    "quelquun sait|a|peut|connaît|connait|utilise|aurait|pourrait|ici|saurait|pour|dispo|disponible|parmi",
    "est ce que quelquun",
    "estce que quelquun",
    "quelquun ?",
    "une|des idée|idées|avis|piste|pistes|suggestion|suggestions ?",
    "des|une idées|avis|suggestions|pistes|conseils|idée|piste sur|pour|svp",
    "qui sait|peut|connaît|connait|a|utilise|pourrait",
    "certains|vous|gens parmi|dentre vous",
    "si quelquun"};

constexpr string_view request[] = {
    "~ peux|pourrais|pouvez|pourriez|peuxtu|pourraistu|pouvezvous|pourriezvous tu|vous|maider|me|nous|svp|stp|regarder|vérifier|expliquer|jeter",
    "~ peuxtu|pourraistu|pouvezvous|pourriezvous *",
    "sil vous|te plaît|plait",
    "svp|stp $",
    "svp|stp ?",
    "besoin daide|de",
    "cherche|recherche un|une|des|quelquun|à|comment",
    "maider|aidezmoi|aidemoi",
    "merci davance",
    "dites|dis moi|nous si|ce|comment",
    "dispo|disponible pour ?"};

constexpr string_view indirect[] = {"je|on me demande|demandais si|comment|pourquoi",
                                    "me demande|demandais si|comment|pourquoi",
                                    "je ne|narrive|sais|comprends pas à|comment|pourquoi|si|où",
                                    "sais|comprends pas comment|pourquoi|où|ce|si",
                                    "narrive pas à",
                                    "jarrive pas à",
                                    "jaimerais|voudrais|aimerais savoir|comprendre|bien",
                                    "aucune idée comment|pourquoi|de"};

constexpr string_view trouble[] = {"erreur|problème|souci|bug avec|quand|sur|lors|dans|suivante",
                                   "ne|ça fonctionne|marche|compile|démarre|pas pas|plus|marche",
                                   "jai|un une|un|cette erreur|problème|souci"};

constexpr string_view addressed[] = {"^ @ *", "@ $", "@ ?"};

constexpr string_view advice[] = {
    "~ avez|as|astu|avezvous|tas vous|tu|déjà|essayé|regardé|pensé|testé|vérifié",
    "~ pourquoi ne|pas pas|plutôt|simplement|utiliser|essayer|juste|tu|vous",
    "~ et|peut si|être tu|vous|on|avec",
    "~ essaie|essayez|essaye *"};

constexpr string_view proposal[] = {"peutêtre|peut être *",
                                    "ça|cela pourrait|devrait|irait|aide|fonctionnerait ?"};

constexpr string_view tag[] = {
    "non|hein|oui|ok|nest|daccord|si|vrai|pas ?", "nest ce pas ?", "pas|cest vrai|ça ?"};

constexpr string_view rhetorical[] = {"^ ah|oh bon|oui|vraiment ?",
                                      "^ vraiment|sérieux|sérieusement|quoi|ah|comment|non|bon ?",
                                      "qui sait ?",
                                      "^ pourquoi pas ?",
                                      "et alors ?"};

constexpr string_view greeting[] = {"ça|ca va|roule|gaze ?",
                                    "comment ça|allez|vas|va|vastu|allezvous va|vous|tu ?",
                                    "comment allez|vas|va|vastu|allezvous",
                                    "quoi de neuf",
                                    "vous|tu allez|vas bien"};

constexpr string_view guess[] = {"^ peut être",
                                 "^ peutêtre|sûrement|probablement|sans",
                                 "peutêtre|probablement ?",
                                 "^ je pense|crois|suppose|dirais",
                                 "je pense|crois|suppose ?"};

constexpr string_view reply[] = {"^ oui|non|si|exact|exactement|merci|effectivement|voilà|parfait|cest|ouais",
                                 "^ tu|vous|on peux|pouvez|peut|dois|devez|doit",
                                 "^ je pense|crois|dirais|lai|utilise|suppose",
                                 "^ parce|ça|il"};

constexpr string_view reported[] = {"il|elle|ils|on a|ma|demande|demandé demandé|demande|si",
                                    "question est|était|de",
                                    "savoir si|comment|pourquoi",
                                    "dépend de|du|si"};

constexpr string_view answers_itself[] = {
    "^ parce|réponse|car|simplement", "^ ah|oh cest|oui|non|trouvé|ok", "trouvé|laisse|laissez $|tomber"};

constexpr string_view joke[] = {"lol|mdr|haha|ptdr|hihi"};

constexpr SignalPhrases signals[] = {
    SignalPhrases{QuestionSignal::interrogative, interrogative},
    SignalPhrases{QuestionSignal::question_phrase, question_phrase},
    SignalPhrases{QuestionSignal::asks_room, asks_room},
    SignalPhrases{QuestionSignal::request, request},
    SignalPhrases{QuestionSignal::indirect, indirect},
    SignalPhrases{QuestionSignal::trouble, trouble},
    SignalPhrases{QuestionSignal::addressed, addressed},
    SignalPhrases{QuestionSignal::advice, advice},
    SignalPhrases{QuestionSignal::proposal, proposal},
    SignalPhrases{QuestionSignal::tag, tag},
    SignalPhrases{QuestionSignal::rhetorical, rhetorical},
    SignalPhrases{QuestionSignal::greeting, greeting},
    SignalPhrases{QuestionSignal::guess, guess},
    SignalPhrases{QuestionSignal::reply, reply},
    SignalPhrases{QuestionSignal::reported, reported},
    SignalPhrases{QuestionSignal::answers_itself, answers_itself},
    SignalPhrases{QuestionSignal::joke, joke},
};

}  // namespace

const LanguagePhrases& french_phrases()
{
    static constexpr LanguagePhrases table{common_words, fillers, conjunctions, signals};
    return table;
}

}  // namespace ackd
