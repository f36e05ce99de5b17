// How German asks, and what only looks as if it did.
#include "bot/threads/phrase_book.hpp"

namespace ackd {
namespace {

using std::string_view;

constexpr string_view common_words[] = {
    "der",   "die",  "das",  "und",   "ist",    "nicht", "ich",  "ein",    "eine",  "einen",
    "mit",   "von",  "auf",  "für",   "dass",   "wie",   "kann", "jemand", "habe",  "hat",
    "wir",   "ihr",  "sie",  "es",    "zu",     "den",   "dem",  "bei",    "auch",  "oder",
    "aber",  "wenn", "noch", "schon", "mal",    "kennt", "weiß", "warum",  "wieso", "bitte",
    "danke", "gibt", "hier", "mir",   "mich",   "ja",    "nein", "sind",   "wird",  "werden",
    "man",   "aus",  "nach", "geht",  "sollte", "könnte"};

constexpr string_view fillers[] = {"hallo", "hi",       "hey",   "moin", "servus", "guten", "morgen",
                                   "tag",   "abend",    "ja",    "nein", "ok",     "okay",  "also",
                                   "und",   "oder",     "aber",  "denn", "nun",    "naja",  "hm",
                                   "äh",    "sorry",    "danke", "kurz", "kurze",  "frage", "zusammen",
                                   "leute", "übrigens", "noch",  "eine", "dann",   "so"};

constexpr string_view conjunctions[] = {"und", "oder", "aber", "denn"};

constexpr string_view interrogative[] = {
    "~ wer|was|wie|wo|wann|warum|wieso|weshalb|woher|wohin|womit|wofür|wozu|welche|welcher|welches|welchen|wessen|wem|wen",
    "~ ist|sind|war|hat|haben|habt|hast|kann|können|könnt|könnte|könntet|könnten|soll|sollen|sollte|sollten|muss|müssen|müsste|darf|dürfen|gibt|gab|geht|weiß|wisst|weißt|kennt|kennst|wird|werden|würde|würdet|will|wollt|wollen|macht|braucht|funktioniert *"};

constexpr string_view question_phrase[] = {
    "^ wie|wo|wann|warum|wieso|weshalb|woher|womit|wofür kann|können|könnte|soll|sollte|sollen|muss|müssen|ist|sind|geht|macht|mache|bekomme|finde|finden|funktioniert|wird|werden|hat|habt|habe|lässt|lasst|komme|kommt",
    "^ was ist|sind|bedeutet|heißt|passiert|mache|macht|muss|soll|kann|wäre",
    "~ gibt|gäbe es eine|einen|ein|irgendeine|irgendeinen|schon|dafür|da|hier|irgendwo",
    "^ welche|welcher|welches|welchen * ist|sind|nutzt|verwendet|benutzt|soll|sollte|brauche",
    "^ wer kann|könnte|weiß|kennt|hat|ist|macht",
    "^ kann|könnte|darf|soll|muss ich|man|wir|das",
    "eine|noch frage zu|zum|zur|an"};

constexpr string_view asks_room[] = {
    "~ weiß|kennt|hat|kann|könnte|mag|ist jemand|wer|irgendjemand|irgendwer|einer|eine|jmd",
    "jemand|irgendjemand eine|einen|ne|schon|hier|erfahrung|erfahrungen|lust|zeit|ahnung|idee|tipp|tipps",
    "irgendwelche|irgendeine ideen|idee|tipps|hinweise|vorschläge|erfahrungen",
    "ideen|tipps|vorschläge|meinungen|hinweise ?",
    "ob jemand|wer"};

constexpr string_view request[] = {
    "~ kannst|könntest|könnt|könntet|würdest|würdet du|ihr|bitte|mir|uns",
    "~ können|könnten sie|bitte",
    "^ bitte *",
    "bitte mal|um|helfen|prüfen|anschauen|sagen|schicken|schick|schaut|schau|melden",
    "^ hilfe",
    "brauche|bräuchte|brauchen|suche|suchen hilfe|eine|einen|ein|jemanden|mal|noch|rat",
    "kann|könnte mir|mal|uns jemand|wer|bitte|einer",
    "sagt|sag|gebt|gib|helft|hilf|zeigt|erklärt mir|uns|bitte",
    "wäre|wären super|toll|nett|lieb|dankbar",
    "danke im|schon|vorab voraus|mal"};

constexpr string_view indirect[] = {"ich|wir frage|fragen|wundere mich|uns",
                                    "frage mich ob|wie|warum|was|wo|wer",
                                    "würde|möchte|wollte|will gern|gerne|nur wissen|fragen|verstehen",
                                    "wüsste gern|gerne",
                                    "verstehe nicht wie|warum|was|wieso|wo",
                                    "weiß|finde nicht wie|warum|wo|wer|was",
                                    "weiß jemand",
                                    "keine ahnung wie|warum|was|wo",
                                    "komme|komm nicht weiter"};

constexpr string_view trouble[] = {"fehler|fehlermeldung|problem beim|mit|bei|wenn|auf",
                                   "bekomme|kriege|erhalte einen|diesen|folgenden|immer",
                                   "geht|funktioniert|klappt|läuft|startet|baut nicht|nicht|bei|mehr",
                                   "nicht funktioniert|geht|klappt|startet|mehr"};

constexpr string_view addressed[] = {"^ @ *", "@ $", "@ ?"};

constexpr string_view advice[] = {"~ hast|habt du|ihr|es|schon|mal * schon|mal|versucht|probiert|geschaut",
                                  "~ schon|schonmal mal|versucht|probiert",
                                  "~ warum|wieso nimmst|nehmt|nicht|nutzt du|ihr|einfach|gleich",
                                  "~ versuchs|versuch|probier|probiers mal|doch|es",
                                  "~ vielleicht mit|mal|einfach|so|hilft|geht"};

constexpr string_view proposal[] = {
    "^ oder vielleicht|einfach",
    "würde|könnte|hilft|hilf das|es|dir helfen|gehen|reichen|das|weiter|vielleicht"};

constexpr string_view tag[] = {"oder|ne|gell|nicht|ja|nein|okay|ok|richtig|stimmts|wa|nicht|korrekt ?",
                               "nicht|oder wahr|etwa|so|nicht ?"};

constexpr string_view rhetorical[] = {"^ echt|wirklich|ernsthaft|was|wie|hä|bitte|ach|so ?",
                                      "^ ach so|echt|wirklich|ja ?",
                                      "wer weiß|kennt das|es|schon|sie nicht ?",
                                      "~ wer weiß ?",
                                      "warum|wieso auch nicht ?",
                                      "^ warum|wieso nicht ?",
                                      "was solls|will|sonst ?"};

constexpr string_view greeting[] = {"wie gehts|geht|läufts es|euch|dir|allen|so|heute",
                                    "wie gehts ?",
                                    "wie läufts ?",
                                    "alles klar|gut|fit|ok ?",
                                    "na ?"};

constexpr string_view guess[] = {"^ vielleicht|vermutlich|wahrscheinlich|evtl|eventuell|möglicherweise",
                                 "vielleicht|vermutlich|wahrscheinlich ?",
                                 "glaube|denke|schätze|vermute ich ?",
                                 "^ ich glaube|denke|schätze|vermute|nehme"};

constexpr string_view reply[] = {"^ ja|nein|jo|jap|nö|doch|genau|stimmt|danke|richtig|klar|gerne|super",
                                 "^ du|ihr|man kannst|könntest|musst|könnt|müsst|kann|muss",
                                 "^ ich glaube|denke|würde|nutze|verwende|habe|meine",
                                 "^ das|es ist|liegt|geht|sind|war",
                                 "^ weil|kommt|probier|versuch|nimm|schau"};

constexpr string_view reported[] = {"er|sie|die|hat|haben fragt|gefragt|fragte|wollte|wollten",
                                    "frage ist|war|bleibt|wäre",
                                    "kommt|hängt drauf|darauf|davon an|ab|wie|was|ob"};

constexpr string_view answers_itself[] = {
    "^ weil|ganz|antwort|gar|hat|hab", "^ ah|ach|oh ja|jetzt|hat|ok|gefunden", "erledigt sich|hat"};

constexpr string_view joke[] = {"haha|lol|hihi|scherz|spaß"};

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

const LanguagePhrases& german_phrases()
{
    static constexpr LanguagePhrases table{common_words, fillers, conjunctions, signals};
    return table;
}

}  // namespace ackd
