// How Spanish asks, and what only looks as if it did.
#include "bot/threads/phrase_book.hpp"

namespace ackd {
namespace {

using std::string_view;

constexpr string_view common_words[] = {
    "el",    "la",     "los",     "las",  "de",    "que",    "y",       "en",   "un",    "una",  "es",
    "por",   "para",   "con",     "no",   "se",    "lo",     "me",      "mi",   "si",    "pero", "como",
    "cómo",  "qué",    "quién",   "cuál", "dónde", "cuándo", "alguien", "hay",  "está",  "esto", "eso",
    "puede", "pueden", "gracias", "hola", "tengo", "tiene",  "muy",     "más",  "del",   "al",   "ya",
    "sé",    "saben",  "yo",      "tú",   "usted", "porque", "hacer",   "hace", "están", "son"};

constexpr string_view fillers[] = {
    "hola",    "buenas", "buenos",    "días",     "tardes", "noches",   "hey",      "oye",    "oigan",
    "bueno",   "pues",   "y",         "o",        "pero",   "entonces", "ok",       "sí",     "no",
    "gracias", "perdón", "disculpen", "disculpa", "una",    "pregunta", "consulta", "todos",  "a",
    "chicos",  "gente",  "también",   "ah",       "eh",     "por",      "cierto",   "además", "otra"};

constexpr string_view conjunctions[] = {"y", "o", "pero", "entonces"};

constexpr string_view interrogative[] = {
    "~ qué|quién|quiénes|cuál|cuáles|cómo|dónde|cuándo|cuánto|cuánta|cuántos|cuántas|adónde",
    "~ por|para|a|de|en|con qué|quién|cuál|dónde",
    "~ es|son|está|están|hay|puede|pueden|puedo|puedes|podemos|podría|podrían|tiene|tienen|tienes|sabe|saben|sabes|conoce|conocen|existe|debo|debería|se|ha|han|has|alguien *"};

constexpr string_view question_phrase[] = {
    "^ cómo puedo|puede|se|hago|haces|hacen|podemos|puedes|es|está|funciona|debería|configuro",
    "^ qué es|son|significa|hace|pasa|debo|puedo|hago|versión",
    "^ dónde está|están|puedo|se|encuentro|hay",
    "^ por qué no|se|me|el|la|está|es|hay",
    "^ cuál es|sería|son|de",
    "~ hay alguna|algún|una|un|forma|manera|alguien",
    "~ existe|existen alguna|algún|una|un",
    "^ se puede",
    "^ es posible|normal",
    "^ quién puede|sabe|tiene|es|mantiene",
    "tengo una|otra duda|pregunta|consulta",
    "una|otra pregunta|duda|consulta sobre|acerca"};

constexpr string_view asks_room[] = {
    "~ alguien *",
    "alguien sabe|ha|tiene|puede|conoce|más|podría|aquí|usa|me|que|por|le",
    "alguna|algún|algunas idea|ideas|sugerencia|sugerencias|recomendación|consejo|pista|experiencia",
    "~ sabe|saben|conocen|conoce alguien|ustedes",
    "quién puede|sabe|tiene|podría",
    "ideas|sugerencias|opiniones ?",
    "si alguien"};

constexpr string_view request[] = {
    "~ puedes|podrías|puede|podría|pueden|podrían|podéis me|ayudarme|ayudar|usted|alguien|por|revisar|mirar|explicar|decirme|mandar|enviar|compartir|echar",
    "por favor",
    "porfa|porfavor|plis",
    "necesito|necesitamos ayuda|un|una|que|saber",
    "busco|buscando|buscamos un|una|a|alguien",
    "ayuda con|para|por",
    "^ ayuda",
    "me|nos pueden|puedes|podrían|podrías|puede|podría ayudar|decir|explicar|echar|dar|pasar",
    "gracias de antemano",
    "díganme|dime|avísenme|avísame si|cómo|qué|cuando"};

constexpr string_view indirect[] = {"me pregunto|preguntaba si|cómo|por|qué",
                                    "no sé|entiendo|encuentro|logro|consigo|tengo cómo|por|qué|dónde|si|idea",
                                    "quisiera|quiero|gustaría|necesito saber|entender",
                                    "gustaría saber|entender",
                                    "duda|dudas sobre|con|de",
                                    "no me funciona|deja|sale"};

constexpr string_view trouble[] = {"error|problema|fallo al|con|cuando|en|de|que",
                                   "no funciona|arranca|compila|carga|abre|conecta|me",
                                   "me sale|da|aparece|tira un|el|este|error",
                                   "tengo un|problemas|el problema|error|con"};

constexpr string_view addressed[] = {"^ @ *", "@ $", "@ ?"};

constexpr string_view advice[] = {
    "~ has|han|ya probado|intentado|mirado|visto|revisado|probaste|intentaste|miraste",
    "~ probaste|intentaste|miraste|revisaste|viste *",
    "~ por qué no usas|pruebas|usar|lo|intentas|haces|mejor",
    "~ y si|qué tal usas|pruebas|tal|si|usar|con|lo",
    "~ prueba|intenta|usa con|a|el|la|esto"};

constexpr string_view proposal[] = {"quizás|quizá|tal|igual vez|con|puedes|podrías|sea *",
                                    "eso|esto te|sirve|funciona|ayuda sirve|ayuda|funciona|? ?"};

constexpr string_view tag[] = {"no|verdad|cierto|vale|sí|eh|ok|correcto ?", "no|es cierto|verdad|así ?"};

constexpr string_view rhetorical[] = {"^ en|de serio|verdad ?",
                                      "^ qué|cómo|serio|ah|oh|sí|no|ya ?",
                                      "quién sabe ?",
                                      "^ por qué no ?",
                                      "qué más da"};

constexpr string_view greeting[] = {"cómo estás|están|está|va|te|les|andan|vas|estáis",
                                    "qué tal|onda|hay|hubo|pasa ?",
                                    "qué tal $",
                                    "qué tal todos|todo|están|estás|el|amigos",
                                    "todo bien ?"};

constexpr string_view guess[] = {"^ quizás|quizá|tal|probablemente|seguramente|posiblemente|capaz",
                                 "quizás|quizá|probablemente ?",
                                 "creo|supongo|pienso|imagino ?",
                                 "^ creo|supongo|imagino|yo que|creo|diría"};

constexpr string_view reply[] = {"^ sí|si|no|claro|exacto|gracias|correcto|perfecto|vale|listo|genial",
                                 "^ puedes|podrías|tienes|debes|prueba|usa|mira|depende",
                                 "^ yo creo|uso|lo|diría",
                                 "^ creo|supongo que",
                                 "^ porque|es|eso|está"};

constexpr string_view reported[] = {"me|él|ella|nos preguntó|preguntaron|preguntan|pregunta",
                                    "pregunta|duda es|era|de",
                                    "depende de|del|si",
                                    "sabes|saber|entiendo cómo|qué|por"};

constexpr string_view answers_itself[] = {"^ porque|respuesta|pues|simple",
                                          "^ ah|oh ya|listo|no|era|vale",
                                          "olvídenlo|olvídalo|resuelto|solucionado $"};

constexpr string_view joke[] = {"jaja|jajaja|jeje|lol|broma"};

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

const LanguagePhrases& spanish_phrases()
{
    static constexpr LanguagePhrases table{common_words, fillers, conjunctions, signals};
    return table;
}

}  // namespace ackd
