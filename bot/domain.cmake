# The rules, the handlers, the engine and the courier, in two parts. In these files stand the deliberate mistakes that the
# simulation switches on, to show that it finds them (engine/mutation.hpp); it compiles them a second time, with mistakes.
set(sources_with_mutations
    courier/courier.cpp
    delivery/due_handlers.cpp
    delivery/effect_composer.cpp
    delivery/nudge_rules.cpp
    delivery/nudge_schedule.cpp
    delivery/obligation_handlers.cpp
    delivery/obligation_table.cpp
    delivery/read_back_table.cpp
    delivery/silence_handlers.cpp
    engine/engine.cpp
    interruptions/digest_handlers.cpp
    interruptions/interruption_budget.cpp
    interruptions/nudge_rule.cpp
    people/availability.cpp
    people/directory_hours.cpp
    people/hours_handlers.cpp
    policy/policy_handlers.cpp
    threads/question_handlers.cpp
)
list(TRANSFORM sources_with_mutations PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)

add_library(ackd_bot_without_mutations OBJECT
    alerts/alert_answers.cpp
    alerts/alert_group_handlers.cpp
    alerts/alert_group_table.cpp
    alerts/alert_handlers.cpp
    alerts/alert_key_table.cpp
    alerts/alert_mute.cpp
    alerts/alert_notices.cpp
    alerts/alert_rules.cpp
    alerts/alert_table.cpp
    alerts/alert_transitions.cpp
    alerts/alerts_command.cpp
    answers/answer_index.cpp
    answers/answer_offers.cpp
    answers/answer_similarity.cpp
    answers/kept_answer.cpp
    answers/kept_answer_handlers.cpp
    answers/kept_answer_notices.cpp
    answers/kept_answer_rules.cpp
    answers/kept_answer_table.cpp
    catch_up/catch_up_handlers.cpp
    catch_up/catch_up_table.cpp
    catch_up/conversation_handlers.cpp
    catch_up/conversation_notices.cpp
    catch_up/conversation_table.cpp
    catch_up/known_reactions.cpp
    catch_up/outage.cpp
    catch_up/reading_list.cpp
    commands/ack_command.cpp
    commands/ask_form.cpp
    commands/due_phrase.cpp
    courier/outbox.cpp
    courier/rate_limits.cpp
    delivery/ackd_command.cpp
    delivery/action_target.cpp
    delivery/answer_handlers.cpp
    delivery/ask_handlers.cpp
    delivery/asker_notices.cpp
    delivery/card_notice.cpp
    delivery/chat_answers.cpp
    delivery/debtor_notices.cpp
    delivery/delivery_phrases.cpp
    delivery/early_answers.cpp
    delivery/ephemeral_replies.cpp
    delivery/need_handlers.cpp
    delivery/effect_outcome.cpp
    delivery/item_sections.cpp
    delivery/obligation.cpp
    delivery/obligation_table_requests.cpp
    delivery/obligation_transitions.cpp
    delivery/part.cpp
    delivery/price.cpp
    delivery/price_notice.cpp
    delivery/priority_policy.cpp
    delivery/read_back.cpp
    delivery/read_back_answers.cpp
    delivery/read_back_change.cpp
    delivery/read_back_forms.cpp
    delivery/read_back_handlers.cpp
    delivery/read_back_notice.cpp
    delivery/request_handlers.cpp
    delivery/sent_message_table.cpp
    delivery/silence_clause.cpp
    delivery/silence_notice.cpp
    delivery/silence_table.cpp
    destinations/destination_table.cpp
    destinations/destinations_command.cpp
    destinations/heartbeat.cpp
    destinations/outside_handlers.cpp
    engine/handler_context.cpp
    engine/input_router.cpp
    escalation/breaker.cpp
    escalation/escalate_command.cpp
    escalation/raise.cpp
    escalation/raised_notice.cpp
    escalation/route.cpp
    escalation/triage_handlers.cpp
    escalation/triage_notices.cpp
    escalation/triage_rules.cpp
    escalation/triage_table.cpp
    home/home_handlers.cpp
    home/home_notice.cpp
    home/home_table.cpp
    interruptions/digest_notice.cpp
    interruptions/interruption_table.cpp
    interruptions/nudge_rule_table.cpp
    interruptions/nudge_samples.cpp
    interruptions/rule_handlers.cpp
    interruptions/rule_review.cpp
    interruptions/rule_verdict.cpp
    interruptions/tax_handlers.cpp
    interruptions/tax_notice.cpp
    interruptions/tax_table.cpp
    interruptions/telling_handlers.cpp
    kept_instant.cpp
    notice_json.cpp
    people/absence_handlers.cpp
    people/absence_notices.cpp
    people/absence_phrase.cpp
    people/absence_table.cpp
    people/directory.cpp
    people/do_not_disturb.cpp
    people/local_time.cpp
    people/member_handlers.cpp
    people/eligibility.cpp
    people/roles.cpp
    people/holiday_calendar.cpp
    people/work_week.cpp
    people/workspace_identity.cpp
    policy/policy_changes.cpp
    policy/policy_facts.cpp
    policy/policy_lines.cpp
    policy/policy_lint.cpp
    policy/policy_table.cpp
    policy/policy_text_destinations.cpp
    policy/policy_text_reading.cpp
    policy/policy_text_rotations.cpp
    policy/policy_text_routes.cpp
    policy/policy_text_sources.cpp
    policy/policy_text_writing.cpp
    policy/policy_values.cpp
    policy/policy_watch.cpp
    policy/setup_channel.cpp
    policy/setup_fields.cpp
    policy/setup_form.cpp
    policy/setup_handlers.cpp
    policy/setup_route.cpp
    policy/setup_team.cpp
    policy/toml_reader.cpp
    privacy/answer_register.cpp
    privacy/erasure.cpp
    privacy/forget_handlers.cpp
    privacy/personal_record.cpp
    privacy/privacy_notices.cpp
    privacy/retention.cpp
    rotations/hand_over_days.cpp
    rotations/oncall_command.cpp
    rotations/relief.cpp
    rotations/rotation.cpp
    rotations/rotation_calendar.cpp
    rotations/rotation_finding.cpp
    rotations/rotation_handlers.cpp
    rotations/rotation_notices.cpp
    rotations/rotation_rules.cpp
    rotations/rotation_table.cpp
    rotations/rotation_watch.cpp
    rotations/shift_swap.cpp
    rotations/swap_handlers.cpp
    threads/channel_summary.cpp
    threads/question.cpp
    threads/question_answers.cpp
    threads/question_notice.cpp
    threads/question_pursuit.cpp
    threads/question_rules.cpp
    threads/question_table.cpp
    threads/threads_command.cpp
    threads/watched_channel.cpp
)

# toml++ is used as headers alone: Debian's shared library lacks the variant without exceptions.
set(bot_libraries PUBLIC ackd_bot_types ackd_questions ackd_storage
    PRIVATE nlohmann_json::nlohmann_json fmt::fmt date::date-tz PkgConfig::libical)
target_link_libraries(ackd_bot_without_mutations ${bot_libraries})

ackd_precompile(ackd_bot_without_mutations)

add_library(ackd_bot STATIC ${sources_with_mutations} $<TARGET_OBJECTS:ackd_bot_without_mutations>)
target_link_libraries(ackd_bot ${bot_libraries})
ackd_precompile(ackd_bot)
if(ACKD_SANITIZE)    # nobody ships such a build: all of it may know the mistakes, and nothing is compiled twice
    add_library(ackd_bot_mutable ALIAS ackd_bot)
    target_compile_definitions(ackd_bot PUBLIC ACKD_MUTATIONS=1)
else()
    target_compile_definitions(ackd_bot PRIVATE ACKD_MUTATIONS=0)
    add_library(ackd_bot_mutable STATIC EXCLUDE_FROM_ALL
        ${sources_with_mutations} $<TARGET_OBJECTS:ackd_bot_without_mutations>)
    target_link_libraries(ackd_bot_mutable ${bot_libraries})
    ackd_precompile(ackd_bot_mutable)
    target_compile_definitions(ackd_bot_mutable PUBLIC ACKD_MUTATIONS=1)
endif()
