// How English asks, and what only looks as if it did.
#include "bot/threads/phrase_book.hpp"

namespace ackd {
namespace {

using std::string_view;

constexpr string_view common_words[] = {
    "the", "is",   "it",   "to",    "of",     "and",    "that", "this", "you",  "for",   "with",   "have",
    "are", "but",  "not",  "there", "what",   "how",    "does", "do",   "can",  "would", "should", "could",
    "i",   "im",   "its",  "dont",  "any",    "anyone", "my",   "your", "just", "from",  "like",   "if",
    "was", "be",   "when", "which", "who",    "why",    "they", "we",   "on",   "at",    "or",     "an",
    "has", "been", "some", "about", "thanks", "please", "know", "use",  "did",  "then",  "think",  "really"};

constexpr string_view fillers[] = {"hi",
                                   "hey",
                                   "hello",
                                   "so",
                                   "and",
                                   "but",
                                   "ok",
                                   "okay",
                                   "well",
                                   "also",
                                   "btw",
                                   "um",
                                   "uh",
                                   "hmm",
                                   "hm",
                                   "oh",
                                   "ah",
                                   "actually",
                                   "sorry",
                                   "thanks",
                                   "just",
                                   "then",
                                   "or",
                                   "because",
                                   "wait",
                                   "yes",
                                   "no",
                                   "yeah",
                                   "all",
                                   "guys",
                                   "folks",
                                   "everyone",
                                   "everybody",
                                   "again",
                                   "now",
                                   "still",
                                   "quick",
                                   "silly",
                                   "stupid",
                                   "dumb",
                                   "newbie",
                                   "noob",
                                   "question",
                                   "anyway",
                                   "alternatively",
                                   "additionally",
                                   "specifically",
                                   "morning",
                                   "good",
                                   "evening",
                                   "afternoon",
                                   "curious",
                                   "otherwise",
                                   "cool",
                                   "great",
                                   "nice",
                                   "right",
                                   "too",
                                   "out",
                                   "of",
                                   "curiosity",
                                   "↑",
                                   "first",
                                   "second",
                                   "third",
                                   "finally",
                                   "lastly",
                                   "yo",
                                   "ugh",
                                   "ooh",
                                   "aha",
                                   "here"};

constexpr string_view conjunctions[] = {"but", "and", "so", "or", "because", "then"};

// Helps a question mark; decides nothing without one.
constexpr string_view interrogative[] = {
    "~ what|whats|how|hows|howd|why|whys|where|wheres|when|whens|who|whos|which|whose|whatever",
    "~ is|are|was|were|am|isnt|arent|wasnt|werent *",
    "~ do|does|did|dont|doesnt|didnt *",
    "~ can|could|would|will|should|shall|may|might|must|cant|couldnt|wouldnt|wont|shouldnt *",
    "~ have|has|had|havent|hasnt|hadnt *",
    "~ any|anyone|anybody|anything|anywhere *",
    "~ in|to|at|for|from|on|with|by|under|of which|what|whom|whose",
    "what|which|how|where|why|who ?",
    "how|what|where|why|which|when exactly|else|about|kind|sort|type|version",
    "or not ?"};

// A question, also where the mark was forgotten.
constexpr string_view question_phrase[] = {
    "^ how do|does|did|can|could|would|should|is|are|many|much|often|come",
    "how do|can|could|would|should i|we|one",
    "how would|do you go|do|handle|solve|write|implement|recommend|suggest",
    "~ is|are there a|an|any|some|something|anything|someone|somebody|way|another|already|other|better|support|plans",
    "is there a|any|some|another|anyway way|good|better|easy|simple|to|builtin|nice|standard|chance",
    "is there anyway",
    "isnt there a|an|any|some",
    "^ what is|are|does|do|did|would|should|could|am|happens|version|kind|sort|type",
    "^ whats|what the best|right|recommended|idiomatic|easiest|simplest|correct|proper|preferred|usual|difference|"
    "point|status|purpose|deal|reason|story|equivalent",
    "whats|what is|are|was the best|right|recommended|idiomatic|easiest|simplest|correct|proper|preferred|usual|"
    "difference|equivalent",
    "whats the best|right|recommended|idiomatic|easiest|simplest|correct|proper|preferred|usual|difference|equivalent",
    "^ where can|do|does|is|are|should|would|did|could",
    "^ wheres the|that|this|your|my",
    "^ why is|are|does|do|did|isnt|doesnt|wont|am|was",
    "^ why cant|dont|couldnt|didnt i|it|this|the|that",
    "^ which * is|are|do|does|should|would|provides|supports",
    "^ who is|are|can|knows|has|wants|should|would|maintains|owns|do|does|could",
    "^ when is|are|does|do|did|will|should|can|would",
    "^ does|do|did|has|have|is|are|can|could|would|will|should anyone|anybody|someone|somebody",
    "^ does it|this|that|the|there make|work|matter|support|mean|have|exist|help",
    "^ is it|this|that possible|ok|okay|safe|normal|expected|worth|known|supposed",
    "is it possible to|for|that",
    "^ should|shall|may i|we",
    "^ can|could i|we",
    "^ am i",
    "^ do i|we",
    "i|ive have|had|got a|another|one|some|few|quick|stupid|dumb|silly|newbie|small|simple|noob|beginner question|"
    "questions",
    "a|another|quick|stupid|dumb|silly|newbie|noob|beginner|basic|simple|general|random|followup question about|on|"
    "regarding|for|re",
    "my|another|quick|next question is|was|how|what|why|would",
    "what should|could|can|would i|we",
    "what am i doing|missing",
    "what|whats going wrong|on with|here",
    "or should|is|are|do|does|would|can i|there|it|this"};

// Asks whoever reads it.
constexpr string_view asks_room[] = {
    "anyone|anybody know|knows|here|tried|got|familiar|aware|interested|experienced|remember|happen|around|available",
    "~ anyone|anybody have|has|had|else|using|used|uses|seen|willing|managed|running|up|going|playing|attending|worked",
    "any one|body know|knows|here|have|has|else|tried|using|used|seen|familiar",
    "~ does|has|have|is|can|could|would|did|will|had anyone|anybody|someone|somebody|everyone",
    "if|whether|wondering anyone|anybody|someone|somebody|anyones knows|has|can|could|would|is|have|know|here",
    "someone|somebody here|please|know|knows|explain|help",
    "any idea|ideas|clue|clues|hint|hints|pointer|pointers|suggestion|suggestions|advice|insight|insights|"
    "recommendation|recommendations|guidance|tips|opinions|thoughts|workaround|workarounds|takers|volunteers",
    "any help|feedback|input is|would|on|with|appreciated|greatly|much|please",
    "any help|feedback|input|news|update|updates|luck|chance ?",
    "any good|better|other|known|recommended|easy way|ways|resources|tutorials|tutorial|examples|docs|library|"
    "libraries|tools|reason|reasons|solution|books|book|articles|article",
    "anyone|anybody ?",
    "anyone|anybody $",
    "^ thoughts|ideas|suggestions|opinions|help|feedback|anyone|anybody|advice|recommendations ?",
    "what do people|folks|others|everyone|yall|you think|use|do",
    "what do people|folks|others|everyone|yall|you guys|all|here think|use|do",
    "how do|would people|folks|others|everyone|yall",
    "do people|folks|others",
    "^ who can|could|knows|here|has|uses|wants|else",
    "would|id|will welcome|love|appreciate any|some|your feedback|help|advice|suggestions|input|thoughts|pointers",
    "suggestions|thoughts|ideas|pointers|advice|comments|feedback|help welcome|appreciated|wanted",
    "suggestions|thoughts|ideas|pointers|advice|comments|feedback|help is|are|would|much|very|highly|greatly|most "
    "welcome|appreciated|wanted|be",
    "could|can people|folks|anyone|someone|somebody|anybody"};

// Asks to do something.
constexpr string_view request[] = {
    "^ @ * is|are down|broken|failing|offline|unreachable|stuck",
    "^ @ * * is|are down|broken|failing|offline|unreachable|stuck",
    "^ @ * appears|seems|looks|is|are to|be|again|down|broken be|down|broken|failing|offline|again",
    "^ @ * * appears|seems|looks to be down|broken|failing|offline",
    "^ @ ↑ $",
    "^ ↑ @ $",
    "^ cc @",
    "~ could|can|would|will you|u|someone|somebody|anyone|anybody *",
    "~ do|would you mind",
    "^ please|pls|plz tell|let|help|explain|share|take|have|check|review|look|send|post|give|confirm|point|add|advise|"
    "show|try|fix|make|merge|read|see|provide|update|vote|fill|respond|reply|ping|answer|test|run",
    "please|pls help|tell|let|explain|share|advise|review|take|check|respond|someone|anyone",
    "^ help me|us|please|needed|wanted|with",
    "^ please|pls help",
    "help me|us out|understand|figure|debug|find|get|fix|with|to",
    "i|we need|could|really help|use help|with|some|a hand",
    "need|needing|seeking some|any|your|help|a|advice help|with|advice|hand|assistance|on|pointers|review",
    "^ need|looking|searching for|help|a|to|some",
    "im|am|were|are|been looking|searching|hunting for a|an|some|any|help|advice|someone|feedback|something|good|"
    "information|info|examples|suggestions|the",
    "give|lend me|us a|some hand|hint|pointer|pointers|example|clue|link|tips",
    "point|steer me|us to|in|at|towards|toward",
    "^ tell|show|teach|remind|enlighten me|us *",
    "let me|us know what|when|how|which|whether|where|your *",
    "let me|us know if you|anyone|theres|anybody have|know|can|think|knows|has|would|find|see|a|an|any",
    "lmk if|what|when|how",
    "^ @ ping|bump",
    "^ ping $",
    "^ ping @",
    "^ bump|ping $",
    "needs|waiting|ready|up for|a|on|your|some review|reviews|merge|approval",
    "please|somebody|someone take|have a look|peek",
    "can|could|would|will i|we get|have|ask|see|borrow|request *",
    "may i ask|see|have",
    "would be|greatly|really|much appreciated|appreciate|grateful",
    "thanks in advance",
    "wish|hoping|hope someone|somebody|anyone could|can|would|will|knows"};

// Asks by saying what one would like to know, or tries to.
constexpr string_view indirect[] = {
    "i just|really|honestly|simply|still dont|cant|didnt know|see|understand|find how|where|what|why i|to|the|we",
    "~ wondering|curious if|how|why|what|whether|where|when|who|which|about",
    "i|im|am|was|been|just wondering if|how|why|what|whether|where|when|who|which",
    "i|im|am|was|just|really|very curious if|how|why|what|whether|where|about|to|as|which",
    "i|we|still cant|couldnt|cannot|havent figure|figured|work out|how|why|what",
    "i|we|still cant|couldnt|cannot|unable|able seem to figure|find|get|make|work",
    "not able|unable to figure|find|get|understand|make|work",
    "trying|struggling|attempting|need|want|wanted|like|love to figure|understand|find|know|learn|see|hear "
    "out|how|why|what|if|whether|where|a|about|more",
    "need|want|trying|have to find|figure a|out|some way|how|what|why",
    "im|am|totally|completely|very|quite|really|bit|little confused|puzzled|lost|stumped|baffled|stuck "
    "about|by|how|why|what|on|with|as|here|trying",
    "something|what|anything im|i|am i|missing|am|doing missing|doing|wrong",
    "^ confused|puzzled|unsure|stumped|baffled|unclear about|by|how|why|what|whether|on|with|where|if|which",
    "there must|should|has be|to a|some|be better|way|easier|a"};

// Says that its author does not know. Who answers says so as well.
constexpr string_view unsure[] = {
    "not totally|really|quite|entirely|exactly|100|very|completely|so sure|certain|clear how|why|what|if|whether|where|on",
    "i|still wonder|wondered if|how|why|what|whether|where|when|who|which",
    "not|isnt|wasnt sure|certain|clear how|why|what|whats|hows|whether|where|if|which|when|about|on|i",
    "not|im|am sure|unsure|not i|if|how understand|follow|see|get|i",
    "unsure|unclear how|why|what|whats|whether|where|if|which|about",
    "i|we|still|just|really|also|honestly dont|cant|didnt|couldnt understand|get|see|grok|follow|know|tell|figure "
    "how|why|what|where|whether|which|the|it|this|that|is|if|out",
    "i|we|just|still|also|do dont|not really|quite|fully|totally|even understand|get|see|know how|why|what|where|the|"
    "this|that|it",
    "no idea|clue how|why|what|where|whether|if",
    "confused|puzzled|stumped|baffled"};

// Tells of a problem.
constexpr string_view trouble[] = {
    "get|getting|got|gives|gave|see|seeing|throws|receive|receiving|hit|hitting|produces|reports an|a|this|the|me|"
    "these|following|error|errors *",
    "error message|messages|saying|says|when|trying",
    "doesnt|dont|didnt|wont|isnt|not seem|work|working|compile|run|build|start|load|install|find|return|appear",
    "fails|failing|failed|crashes|crashed|crashing|hangs|hanging|broken|broke|segfaults",
    "having|have|had|running|ran trouble|problems|issues|problem|difficulty|into|some|an|hard",
    "stuck|struggling on|with|at|here|trying|to",
    "for some reason",
    "no luck|success|avail",
    "down|unreachable|offline again|for|since|now|right",
    "appears|seems to be down|broken|failing|stuck",
    "seems|appears|is|are|still|be down|broken|failing",
    "unbound|undefined|unexpected|uncaught identifier|variable|reference|symbol|error|exception",
    "times|timing|timed out",
    "weird|strange|odd|unexpected error|behavior|behaviour|result|results|issue|problem|bug",
    "keep|keeps getting|failing|crashing|giving|saying|hitting",
    "not working|found|supported|available|recognized",
    "tried * but",
    "cant|couldnt|cannot get|make|install|connect|open|import|reproduce|build|compile"};

constexpr string_view addressed[] = {"^ @ *", "@ $", "@ ?", "hey|hi|cc @"};

// A tip in the form of a question, whoever says it.
constexpr string_view advice[] = {
    "~ have|havent|did|didnt you|u tried|try|considered|consider|looked|seen|checked|check|thought|look|peeked",
    "have you seen|tried|considered|looked|checked|read|heard",
    "^ tried|seen|checked|considered *",
    "~ why not|dont|wouldnt|cant|not you|we|just|use|u|make|have|do|try|the|a|put",
    "~ how about *",
    "what about using|just|making|adding|having|something|instead",
    "~ cant|couldnt|wouldnt you|we just|simply|also|instead|use|do|always|wrap",
    "~ couldnt|cant|wouldnt|shouldnt you *",
    "^ try|use|check|see *",
    "^ something like|along",
    "instead ?",
    "~ you could|can|might|may|should|want *",
    "~ are you sure|certain",
    "~ maybe|perhaps try|use|you|something|look|with|just|check|we|like",
    "want|wanna me to",
    "if you * * ?",
    "or just use|do|make|put|write|call"};

// The same, or a way out that is only thought of; of somebody who replies.
constexpr string_view proposal[] = {
    "would|does|will|wouldnt|might|could that|this|it|these|something|those work|help|suffice|do|be|enough|solve|fix|"
    "make|count",
    "would|will|might|could|wouldnt|shouldnt|isnt|does * work|help|suffice|do|enough ?",
    "~ what if you|we|i|it|the",
    "^ or|and maybe|perhaps|just",
    "perhaps|maybe|possibly * ?",
    "^ something|like|with|via|using *",
    "is that|this|it what you",
    "does|would that|this|it answer|help|clarify|explain|make",
    "~ isnt|wasnt|arent|wouldnt|doesnt|shouldnt that|this|it|there|they|the",
    "should|would it not * ?",
    "~ is|does|would|are that|it|this|they even|really|actually",
    "~ is|are even *"};

// A statement that wants a nod.
constexpr string_view tag[] = {
    "right|correct|no|huh|eh|yes|yeah|ok|okay|hm|hmm|innit|yea|nope|alright ?",
    "isnt|arent|wasnt|werent|doesnt|dont|didnt|wont|wouldnt|cant|couldnt|shouldnt|hasnt|havent "
    "it|that|he|she|they|there|this|you|we|i ?",
    "or something|so|whatever|what ?",
    "you know ?",
    "know what i mean ?",
    "makes|make sense ?",
    "huh|eh $"};

// Wants no answer.
constexpr string_view rhetorical[] = {
    "^ who knows|cares|needs|doesnt|wouldnt|said",
    "~ why not ?",
    "^ what|wat|wut|eh|huh|hm|hmm|oh|really|seriously|srsly|right|ok|okay|yes|no|so|neither|both|orly ?",
    "oh|really|seriously really|yeah|no|so|good|man|dear ?",
    "^ oh|wait|hm|hmm|um|no|yes what|really|huh|so|yes|no|way ?",
    "how cool|awesome|great|nice|sweet|neat|weird|crazy|amazing|funny is|are|would|can",
    "~ isnt|arent that|it|this|they cool|great|nice|fun|awesome|neat|lovely|wonderful|funny|cute|sweet|weird|amazing",
    "you know what ?",
    "guess|know what ?",
    "what could|can possibly|go",
    "go wrong ?",
    "why|what|who|how on earth",
    "what|why|who|how the hell|heck|fuck",
    "^ wtf|wth ?",
    "what more|else could|can you|one|i want|ask|say",
    "what are the odds|chances",
    "says who ?",
    "have|did i|we mention|mentioned|say",
    "say what ?",
    "whats|what not to like|love",
    "who would|wouldve|couldve thought|guessed|known",
    "~ doesnt|dont|isnt|arent|wouldnt everyone|everybody|we",
    "^ that|this|so|too bad|good|much|many ?",
    "sarcasm|joke ?",
    "am i right ?"};

constexpr string_view greeting[] = {
    "how are|r you|u|things|yall|we|ya ?",
    "how are you doing|today|all|guys|everyone|folks|feeling",
    "how are|is things|everyone|everybody|it|life going|doing ?",
    "hows it|everyone|everybody|life|things|everything|your going|doing|day|today|morning|week|weekend",
    "hows it|everything|life|things ?",
    "whats up|new|cooking|happening ?",
    "whats up $",
    "^ sup ?",
    "how do you do ?",
    "how was|is your|everyones|the day|weekend|trip|evening|vacation|holiday|holidays|week",
    "how have you|things been",
    "everyone|everybody having|have|enjoying a|the good|nice|great|weekend|day"};

// A guess with a question mark.
constexpr string_view guess[] = {"^ maybe|perhaps|probably|possibly|presumably|likely|apparently",
                                 "maybe|perhaps|probably|presumably|possibly ?",
                                 "i think|guess|suppose|believe|assume|hope|imagine|reckon ?",
                                 "^ i guess|suppose|bet|hope|suspect|believe",
                                 "^ guess|guessing",
                                 "my|wild|just|best guess is|would|a",
                                 "^ seems|looks|sounds|feels|appears like|as|to|that",
                                 "it|that|this|there might|may work|be|have",
                                 "perhaps|maybe that|it|this|you|there|we|a|just",
                                 "or|and so|thereabouts|such ?"};

// Begins as an answer does.
constexpr string_view reply[] = {
    "^ yes|yeah|yep|yup|no|nope|nah|indeed|exactly|agreed|true|sure|right|correct|thanks|thank|thx|ty|lol|haha|heh|"
    "hehe|wow|neither|both",
    "^ i dont|cant|couldnt know|recall|remember|think|say|tell",
    "^ im|i not|am sure if|whether|what|thats|id|why|i",
    "^ not sure if|what|whether|why",
    "^ no idea|clue",
    "^ i think|believe|guess|suppose|agree|would|use|used|usually|recommend|suggest|mean|meant|suspect|found|thought",
    "^ its|thats|theres|theyre *",
    "^ you|youre|youll|youd|youve *",
    "^ because|depends|basically|usually|generally|afaik|iirc|imo|fwiw|unfortunately",
    "^ try|use|check|see|look|add|run|remember|note|consider|put",
    "^ i see",
    "^ makes|got sense|it",
    "^ never mind",
    "^ nevermind|nvm|fyi|tldr|imho",
    "^ for example|instance",
    "^ if you|u want|need|have|use|dont|do|can|look|like|run|get|just"};

// Tells of a question, or of what is known.
constexpr string_view reported[] = {
    "he|she|they|people|who|somebody asked|asks|ask|wonder|wondered|asking|wants",
    "question is|was|of|whether|remains|becomes|about whether|how|what|why|who",
    "depends on|how|what|whether|if",
    "not a|the question",
    "thats|is|this|exactly|just how|why|what|where",
    "ask|asked|asking for|about|me|him|her|them|you|if|whether",
    "no matter|idea how|what|where|which|who",
    "faq|titled|called|named",
    "if|when anyone|anybody|someone|somebody|people|they want|wants|wanted|wonder|wonders|needs|need|asks|ask|is|are"};

// What follows a question that its author answers.
constexpr string_view answers_itself[] = {
    "^ found|solved|figured|fixed it|out|that",
    "^ because|answer|spoiler|turns|yep|nope|nothing|obviously|simple|easy",
    "^ the answer",
    "^ its|thats because",
    "^ ah|oh|aha|ahh|ohh nevermind|i|found|never|got|nvm|its|wait|yes",
    "never mind|nevermind|nvm"};

constexpr string_view joke[] = {
    "lol|haha|hehe|rofl|lmao|hahaha|heh|jk|kidding|joking|trolling", "just kidding", "amirite"};

constexpr SignalPhrases signals[] = {
    SignalPhrases{QuestionSignal::interrogative, interrogative},
    SignalPhrases{QuestionSignal::question_phrase, question_phrase},
    SignalPhrases{QuestionSignal::asks_room, asks_room},
    SignalPhrases{QuestionSignal::request, request},
    SignalPhrases{QuestionSignal::indirect, indirect},
    SignalPhrases{QuestionSignal::unsure, unsure},
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

const LanguagePhrases& english_phrases()
{
    static constexpr LanguagePhrases table{common_words, fillers, conjunctions, signals};
    return table;
}

}  // namespace ackd
