// The same in the languages beside English, told by their words.
#include "bot/threads/question_score.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace ackd;

namespace {

struct Row {
    SpokenLanguage language;
    bool asks;
    const char* text;
    Turn turn = Turn::opening;
};

using enum SpokenLanguage;

const Row rows[] = {
    {german, true, "Weiß jemand, wo die Zertifikate liegen?"},
    {german, true, "Kann mir jemand sagen wie ich an die Protokolle komme"},
    {german, true, "Hallo zusammen, wie kann ich den Dienst neu starten"},
    {german, true, "Könntest du bitte mal auf den Pull Request schauen"},
    {german, true, "ich frage mich ob das noch gebraucht wird"},
    {german, false, "Ich habe das gestern gemacht, es ist jetzt auf dem Server", Turn::replying},
    {german, false, "Hast du schon mal versucht, den Cache zu leeren?", Turn::replying},
    {german, false, "das ist doch klar, oder?", Turn::replying},
    {german, false, "Wie geht es euch?"},
    {german, false, "ja, das kann man so machen", Turn::replying},
    {french, true, "Est-ce que quelqu'un sait où est la configuration ?"},
    {french, true, "Bonjour, comment faire pour relancer le service"},
    {french, true, "Peux-tu regarder ma demande s'il te plaît"},
    {french, true, "Quelqu’un a une idée pour cette erreur ?"},
    {french, true, "je me demande si on peut le faire autrement"},
    {french, false, "Je pense que c'est dans le fichier, il faut le relire", Turn::replying},
    {french, false, "As-tu essayé de vider le cache ?", Turn::replying},
    {french, false, "c'est la même chose, non ?", Turn::replying},
    {french, false, "Comment ça va ?"},
    {spanish, true, "¿Alguien sabe dónde está la configuración?"},
    {spanish, true, "hola, cómo puedo reiniciar el servicio"},
    {spanish, true, "¿Podrías revisar mi cambio por favor?"},
    {spanish, true, "necesito ayuda con el servidor de pruebas"},
    {spanish, false, "Creo que está en el archivo que te mandé", Turn::replying},
    {spanish, false, "¿Has probado a borrar la caché?", Turn::replying},
    {spanish, false, "es lo mismo, ¿no?", Turn::replying},
    {spanish, false, "¿Cómo estás?"},
    {portuguese, true, "Alguém sabe onde está a configuração?"},
    {portuguese, true, "oi pessoal, como faço para reiniciar o serviço"},
    {portuguese, true, "Você pode revisar a minha alteração por favor?"},
    {portuguese, true, "preciso de ajuda com o servidor"},
    {portuguese, false, "Acho que está no arquivo que eu mandei", Turn::replying},
    {portuguese, false, "Já tentou limpar o cache?", Turn::replying},
    {portuguese, false, "é a mesma coisa, né?", Turn::replying},
    {portuguese, false, "Tudo bem?"},
    {japanese, true, "設定ファイルはどこにありますか？"},
    {japanese, true, "誰かサーバーの再起動の方法を教えてください"},
    {japanese, true, "これはどうすればいいですか"},
    {japanese, true, "レビューをお願いします"},
    {japanese, false, "サーバーを再起動しました。", Turn::replying},
    {japanese, false, "ありがとうございます！", Turn::replying},
    {japanese, false, "お元気ですか？"},
    {english, true, "Is there a war room for this?"},
    {english, true, "was it the die roll that failed?"},
};

}  // namespace

TEST_CASE("question languages: each is told by its words, and asks in its own way")
{
    for (const Row& row : rows) {
        const QuestionScore score = score_question(
            {Words{row.text}}, {row.turn, false}, default_signal_weights());
        CAPTURE(std::string{row.text});
        CAPTURE(explain(score, default_signal_weights()));
        CHECK(score.language == row.language);
        CHECK(score.asks() == row.asks);
    }
}
