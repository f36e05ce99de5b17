// How Portuguese asks, and what only looks as if it did.
#include "bot/threads/phrase_book.hpp"

namespace ackd {
namespace {

using std::string_view;

constexpr string_view common_words[] = {
    "tudo",   "bem",   "quê",  "vai",    "mesma", "o",    "a",     "os",       "as",       "de",
    "que",    "e",     "em",   "um",     "uma",   "é",    "por",   "para",     "com",      "não",
    "se",     "me",    "meu",  "minha",  "mas",   "como", "qual",  "quem",     "onde",     "quando",
    "alguém", "há",    "está", "isso",   "isto",  "pode", "podem", "obrigado", "obrigada", "olá",
    "oi",     "tenho", "tem",  "muito",  "mais",  "do",   "da",    "no",       "na",       "dos",
    "das",    "já",    "sei",  "sabem",  "eu",    "você", "vocês", "porque",   "fazer",    "faz",
    "estão",  "são",   "pra",  "também", "ao",    "num",  "até",   "fica",     "você"};

constexpr string_view fillers[] = {
    "oi",       "olá",      "ola",      "bom",       "boa",   "dia",      "tarde",  "noite", "pessoal",
    "gente",    "galera",   "e",        "ou",        "mas",   "então",    "ok",     "sim",   "não",
    "obrigado", "obrigada", "desculpa", "desculpem", "uma",   "pergunta", "dúvida", "todos", "também",
    "ah",       "eh",       "aliás",    "além",      "outra", "e",        "aí"};

constexpr string_view conjunctions[] = {"e", "ou", "mas", "então"};

constexpr string_view interrogative[] = {
    "~ que|quem|qual|quais|como|onde|quando|quanto|quanta|quantos|quantas|cadê|porque|porquê",
    "~ o|por|para|a|de|em|com|pra que|quê|quem|qual|onde",
    "~ é|são|está|estão|há|tem|têm|pode|podem|posso|podemos|poderia|poderiam|sabe|sabem|conhece|conhecem|existe|devo|deveria|dá|já|alguém|você|vocês *"};

constexpr string_view question_phrase[] = {
    "^ como posso|faço|faz|fazer|podemos|se|eu|é|funciona|vocês|você|configuro|resolvo",
    "^ o que é|são|significa|acontece|devo|posso|faço|vocês",
    "^ qual é|seria|a|o|versão",
    "^ quais são|as|os",
    "^ onde está|estão|posso|fica|encontro|eu|tem",
    "^ por que não|o|a|isso|está|é",
    "~ há|tem|existe|existem alguma|algum|uma|um|como|jeito|forma|alguém",
    "^ dá para|pra",
    "^ é possível|normal",
    "^ quem pode|sabe|tem|é|mantém",
    "tenho|tirar uma|outra dúvida|pergunta",
    "uma|outra pergunta|dúvida sobre"};

constexpr string_view asks_room[] = {
    "~ alguém *",
    "alguém sabe|já|tem|pode|conhece|mais|poderia|aqui|usa|que|me|consegue",
    "alguma|algum|algumas ideia|ideias|sugestão|sugestões|recomendação|dica|dicas|experiência",
    "~ sabem|conhecem alguém|vocês",
    "quem pode|sabe|tem|poderia",
    "ideias|sugestões|opiniões|dicas ?",
    "se alguém"};

constexpr string_view request[] = {
    "~ você|vocês pode|podem|poderia|poderiam|consegue *",
    "~ pode|podes|podem|poderia|poderiam me|ajudar|alguém|por|revisar|olhar|explicar|dizer|mandar|enviar|dar",
    "por favor",
    "porfavor|pfv|pf",
    "preciso|precisamos de|saber ajuda|um|uma",
    "preciso de",
    "procuro|procurando|procuramos um|uma|alguém",
    "ajuda com|para|por|aqui",
    "^ ajuda",
    "me|alguém ajudar|ajuda|ajudem|explicar|explica",
    "obrigado|obrigada desde|antecipadamente já",
    "me digam|diz|avisem|avisa|diga"};

constexpr string_view indirect[] = {
    "me pergunto|perguntava|perguntando se|como|por",
    "não sei|entendo|entendi|encontro|consigo|faço como|por|o|onde|se|ideia|porque",
    "gostaria|queria|quero|preciso de|saber|entender",
    "queria|gostaria saber|entender",
    "dúvida|dúvidas sobre|com|de|em|aqui",
    "não consigo *"};

constexpr string_view trouble[] = {"erro|problema|falha ao|com|quando|em|de|que",
                                   "não funciona|abre|compila|carrega|conecta|está|roda",
                                   "aparece|dá|recebo um|o|este|esse|erro",
                                   "estou com|tendo um|problemas|problema|erro|dificuldade"};

constexpr string_view addressed[] = {"^ @ *", "@ $", "@ ?"};

constexpr string_view advice[] = {"~ já tentou|tentaram|viu|olhou|testou|experimentou|verificou",
                                  "~ você|tu já|tentou|testou tentou|viu|olhou|testou|usar|com",
                                  "~ tentou|testou|verificou *",
                                  "~ por que não usa|usar|tenta|faz|você|usas",
                                  "~ que tal usar|tentar|um|uma|se",
                                  "~ e se você|usar|a|fizer|for",
                                  "~ tenta|tente|usa|use com|o|a|isso"};

constexpr string_view proposal[] = {"talvez|quem *", "isso|assim ajuda|funciona|serve|resolve ?"};

constexpr string_view tag[] = {"né|não|certo|ok|sim|tá|hein|correto|verdade ?",
                               "não|é é|verdade|isso|mesmo ?"};

constexpr string_view rhetorical[] = {"^ sério|mesmo|como|quê|ah|oh|sim|não|é ?",
                                      "^ é mesmo|sério ?",
                                      "quem sabe ?",
                                      "^ por que não ?",
                                      "e daí ?"};

constexpr string_view greeting[] = {"como vai|vão|está|estão|você|vocês|tá|estás ?",
                                    "como vai|vão você|vocês|tudo",
                                    "tudo bem|bom|certo|joia|tranquilo",
                                    "tudo bem ?",
                                    "beleza ?"};

constexpr string_view guess[] = {"^ talvez|provavelmente|possivelmente|acho",
                                 "talvez|provavelmente ?",
                                 "acho|creio|imagino|suponho ?",
                                 "^ acho|creio|imagino|suponho|eu que|acho"};

constexpr string_view reply[] = {
    "^ sim|não|claro|exato|exatamente|obrigado|obrigada|certo|perfeito|valeu|beleza|isso",
    "^ você|vc|dá|pode|podes|precisa|deve|tem|tenta|usa|olha|depende",
    "^ eu acho|uso|diria|faço",
    "^ acho|creio que",
    "^ porque|é|isso|está"};

constexpr string_view reported[] = {"ele|ela|eles|me|nos perguntou|perguntaram|perguntam|pergunta",
                                    "pergunta|questão é|era|de",
                                    "depende de|do|da|se",
                                    "saber|sabe|entender como|o|por"};

constexpr string_view answers_itself[] = {
    "^ porque|resposta|pois|simples", "^ ah|oh já|era|entendi|não|consegui", "esquece|esqueçam|resolvido $"};

constexpr string_view joke[] = {"kkk|kkkk|rsrs|haha|lol|brincadeira"};

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

const LanguagePhrases& portuguese_phrases()
{
    static constexpr LanguagePhrases table{common_words, fillers, conjunctions, signals};
    return table;
}

}  // namespace ackd
