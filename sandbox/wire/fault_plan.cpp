#include "sandbox/wire/fault_plan.hpp"

#include <algorithm>

namespace sandbox {
namespace {

constexpr std::int64_t wait_ms_max = 600'000;

Refusal invalid(std::string why)
{
    return Refusal{"invalid_faults", {std::move(why)}};
}

bool read_methods(const Json& value, std::vector<std::string>& into)
{
    if (!value.is_array()) return false;
    for (const Json& method : value) {
        if (!method.is_string()) return false;
        into.push_back(method.get<std::string>());
    }
    return true;
}

}  // namespace

Outcome<FaultPlan> FaultPlan::parse(const Json& description)
{
    if (!description.is_object()) return invalid("faults are an object");
    FaultPlan plan;
    struct Named {
        const char* name;
        Fault* fault;
    };
    const Named faults[] = {
        {"lose_event", &plan.lose_event_},
        {"drop_event", &plan.drop_event_},
        {"duplicate_event", &plan.duplicate_event_},
        {"delay_event", &plan.delay_event_},
        {"reorder_event", &plan.reorder_event_},
        {"cut_connection", &plan.cut_connection_},
        {"answer_429", &plan.answer_429_},
        {"answer_5xx", &plan.answer_5xx_},
        {"answer_timeout", &plan.answer_timeout_fault_},
        {"answer_lost_after_post", &plan.answer_lost_after_post_},
    };
    std::vector<std::string> methods;
    for (const auto& [key, value] : description.items()) {
        const auto named = std::find_if(std::begin(faults),
                                        std::end(faults),
                                        [&name = key](const Named& each) { return name == each.name; });
        if (named != std::end(faults)) {
            const Json& probability = value.is_object() ? member(value, "probability") : value;
            if (!probability.is_number() || probability.get<double>() < 0 || probability.get<double>() > 1)
                return invalid(key + ": a probability from 0 to 1");
            named->fault->probability = probability.get<double>();
            const Json& times = member(value, "times");
            if (!times.is_null()) {
                if (!times.is_number_unsigned()) return invalid(key + ": times: a whole number");
                named->fault->times = times.get<std::uint64_t>();
            }
            const Json& own_methods = member(value, "methods");
            if (!own_methods.is_null() && !read_methods(own_methods, named->fault->methods))
                return invalid(key + ": methods: a list of names");
        } else if (key == "seed") {
            if (!value.is_number_unsigned()) return invalid("seed: a whole number");
            plan.random_ = SeededRandom{value.get<std::uint64_t>()};
        } else if (key == "methods") {
            if (!read_methods(value, methods)) return invalid("methods: a list of names");
        } else if (key == "delay_event_ms_max" || key == "reorder_event_ms_max" || key == "answer_timeout_ms")
        {
            if (!value.is_number_integer() || value.get<std::int64_t>() < 1 ||
                value.get<std::int64_t>() > wait_ms_max)
                return invalid(key + ": milliseconds from 1 to 600000");
            const std::chrono::milliseconds wait{value.get<std::int64_t>()};
            (key == "delay_event_ms_max"  ? plan.delay_max_
             : key == "answer_timeout_ms" ? plan.answer_timeout_
                                          : plan.reorder_wait_) = wait;
        } else if (key == "answer_429_retry_after") {
            if (!value.is_number_integer() || value.get<std::int64_t>() < 1 ||
                value.get<std::int64_t>() > 3600)
                return invalid(key + ": seconds from 1 to 3600");
            plan.retry_after_seconds_ = value.get<int>();
        } else {
            return invalid(key + ": no such fault");
        }
    }
    for (const Named& each : faults)
        if (each.fault->methods.empty()) each.fault->methods = methods;
    return plan;
}

bool FaultPlan::strikes(Fault& fault, const std::string& method)
{
    if (fault.probability <= 0 || fault.times == 0) return false;
    const bool is_meant = method.empty() || fault.methods.empty() ||
                          std::find(fault.methods.begin(), fault.methods.end(), method) !=
                              fault.methods.end();
    if (!is_meant) return false;
    if (!random_.happens(fault.probability)) return false;
    --fault.times;
    return true;
}

bool FaultPlan::draw_loss()
{
    return strikes(lose_event_);
}

EventFaults FaultPlan::draw_event()
{
    EventFaults faults;
    faults.drop = strikes(drop_event_);
    faults.duplicate = strikes(duplicate_event_);
    if (strikes(delay_event_))
        faults.delay = std::chrono::milliseconds{
            1 + static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(delay_max_.count())))};
    faults.reorder = strikes(reorder_event_);
    faults.cut_connection = strikes(cut_connection_);
    return faults;
}

AnswerFault FaultPlan::draw_answer(const std::string& method)
{
    if (strikes(answer_429_, method)) return AnswerFault::rate_limited;
    if (strikes(answer_5xx_, method)) return AnswerFault::server_error;
    if (strikes(answer_timeout_fault_, method)) return AnswerFault::timeout;
    if (strikes(answer_lost_after_post_, method)) return AnswerFault::lost_after_post;
    return AnswerFault::none;
}

int FaultPlan::draw_server_error()
{
    constexpr int statuses[] = {500, 502, 503};
    return statuses[random_.below(3)];
}

}  // namespace sandbox
