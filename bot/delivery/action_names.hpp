// The names of what can be done about a notice, as they travel with a button and come back as an ActionTaken.
// Stored in messages that people have in front of them: do not rename.
//
// The value names what it is about: "r12" a request (the person's own part of it), "o34" an obligation, "m56"
// a whole message with several. A menu's choice follows after a space: "o34 tomorrow".
#pragma once

namespace ackd::action {

inline constexpr const char* got_it = "got_it";
inline constexpr const char* promise = "got_it_by";
inline constexpr const char* done = "done";
inline constexpr const char* decline = "cant";
inline constexpr const char* not_me = "not_me";
inline constexpr const char* snooze = "snooze";
inline constexpr const char* undo = "undo";
inline constexpr const char* let_cover = "let_cover";
inline constexpr const char* ask_again = "ask_again";
inline constexpr const char* more = "more";  ///< the menu behind "⋯": withdraw, who, trace, why
inline constexpr const char* withdraw = "withdraw";
inline constexpr const char* send_now = "send_now";  ///< the three ways to announce what was priced
inline constexpr const char* send_with_digest = "send_with_digest";
inline constexpr const char* send_when_in = "send_when_in";
inline constexpr const char* still_needed = "still_needed";    ///< of who asked, before the next nudge
inline constexpr const char* less_urgent = "less_urgent";      ///< likewise
inline constexpr const char* still_with_me = "still_with_me";  ///< of who has it, before it is let go of
inline constexpr const char* object = "object";                ///< to what silence would decide
inline constexpr const char* longer = "need_longer";
inline constexpr const char* say_back = "say_back";    ///< opens the form to say it back
inline constexpr const char* not_now = "not_now";      ///< of who is asked to
inline constexpr const char* thats_it = "thats_it";    ///< of who asked: "r12 5", the turn's number
inline constexpr const char* not_quite = "not_quite";  ///< likewise; opens the form for a correction
inline constexpr const char* ask_now = "ask_now";  ///< of who asked a question: somebody is asked about it
inline constexpr const char* answered_elsewhere = "answered_elsewhere";
inline constexpr const char* not_a_question = "not_a_question";
inline constexpr const char* still_stuck = "still_stuck";  ///< of who asked a question that was answered
inline constexpr const char* keep_it = "keep_it";          ///< of who gave an answer; all of these: "k7"
inline constexpr const char* not_this_one = "not_this_one";
inline constexpr const char* not_any_more = "not_any_more";
inline constexpr const char* still_holds = "still_holds";
inline constexpr const char* out_of_date = "out_of_date";
inline constexpr const char* it_helped = "it_helped";  ///< of who was offered it
inline constexpr const char* it_did_not = "it_did_not";
inline constexpr const char* how_it_works = "how_it_works";
inline constexpr const char* what_is_kept = "what_is_kept";
inline constexpr const char* telling = "telling";      ///< how one is told; the value: "telling quieter"
inline constexpr const char* useful = "useful";        ///< whether a nudge was: "o34 not_now"
inline constexpr const char* tax = "tax";              ///< what ackd costs
inline constexpr const char* keep_rule = "keep_rule";  ///< the value is the rule: "today nudge 75%"
inline constexpr const char* rule_to_digest = "rule_to_digest";
inline constexpr const char* back_now = "back_now";  ///< an absence ends; the value is its number
inline constexpr const char* export_me = "export_me";
inline constexpr const char* forget_me_question = "forget_me_question";
inline constexpr const char* forget_me = "forget_me";
inline constexpr const char* ask = "ask";  ///< opens the form
/// A rotation's: "platform 1767603600000000", until when; the others an override's or an offer's number.
inline constexpr const char* take_shift = "take_shift";
inline constexpr const char* give_back_shift = "give_back_shift";
inline constexpr const char* offer_shift = "offer_shift";  ///< opens the form; "platform"
inline constexpr const char* accept_shift = "accept_shift";
inline constexpr const char* decline_shift = "decline_shift";
inline constexpr const char* withdraw_offer = "withdraw_offer";
inline constexpr const char* take_alerts = "take_alerts";  ///< of a group of alerts: "g7"
inline constexpr const char* resolve_alerts = "resolve_alerts";
inline constexpr const char* call_me_again = "call_me_again";        ///< of who is passed over
inline constexpr const char* test_destination = "test_destination";  ///< "pager"
inline constexpr const char* send_again = "send_again";              ///< likewise
/// What makes room, of what somebody at capacity waits for: "r12 drop"; opens the form.
inline constexpr const char* make_room = "make_room";
/// Of a signal: "c7"; the next ones "c7 yes", and a level for oneself: "at".
inline constexpr const char* have_room = "have_room";
inline constexpr const char* did_it_help = "did_it_help";
inline constexpr const char* my_capacity = "my_capacity";
/// What a team's lead says in a resync's round: "5 platform"; opens the form.
inline constexpr const char* resync_answer = "resync_answer";
/// Of what two teams see differently, that it may stay so: "r12"; opens the form.
inline constexpr const char* accept_difference = "accept_difference";
inline constexpr const char* drift_answer = "drift_answer";  ///< of a drift probe: "5 2", the view
/// Of a retro's round: "5"; each opens a form.
inline constexpr const char* retro_answer = "retro_answer";
inline constexpr const char* retro_group = "retro_group";
inline constexpr const char* retro_vote = "retro_vote";
inline constexpr const char* retro_act = "retro_act";
inline constexpr const char* retro_close = "retro_close";  ///< likewise, at once
/// Of something in progress: "w12".
inline constexpr const char* wip_done = "wip_done";
inline constexpr const char* wip_pause = "wip_pause";
inline constexpr const char* wip_resume = "wip_resume";
inline constexpr const char* wip_drop = "wip_drop";
inline constexpr const char* wip_still = "wip_still";
/// It makes room for something new: "w12 p platform the new importer" (bot/wip/wip_notices.hpp).
inline constexpr const char* wip_finish_for = "wip_finish_for";
inline constexpr const char* wip_trade = "wip_trade";
inline constexpr const char* wip_let_in = "wip_let_in";  ///< "p platform the new importer"; opens the form
inline constexpr const char* triage_cause = "triage_cause";  ///< of a dead letter: "o34 wrong_place"

}  // namespace ackd::action
