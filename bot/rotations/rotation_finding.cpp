#include "bot/rotations/rotation_finding.hpp"

#include <algorithm>

namespace ackd {

namespace {

void find_twice(const std::vector<RotationOutlook>& outlooks,
                const TimeSpan& ahead,
                std::vector<RotationFinding>& findings)
{
    for (std::size_t first = 0; first < outlooks.size(); ++first) {
        for (std::size_t second = first + 1; second < outlooks.size(); ++second) {
            for (const OnCallShift& one : outlooks[first].shifts) {
                for (const OnCallShift& other : outlooks[second].shifts) {
                    const auto both = common_span(one.span, other.span);
                    if (one.person != other.person || !both || !common_span(*both, ahead)) continue;
                    findings.push_back({RotationFindingKind::twice,
                                        outlooks[first].rotation,
                                        outlooks[second].rotation,
                                        one.person,
                                        *both});
                }
            }
        }
    }
}

}  // namespace

FindingMark mark_of(const RotationFinding& finding)
{
    const std::int64_t length = (finding.span.until - finding.span.from).count();
    if (finding.kind != RotationFindingKind::nobody || !finding.person.empty())
        return {to_microseconds(finding.span.from), length};
    constexpr std::int64_t week = std::chrono::minutes{std::chrono::weeks{1}}.count();
    const auto minute = std::chrono::floor<std::chrono::minutes>(finding.span.from).time_since_epoch();
    return {minute.count() % week, length};
}

std::vector<RotationFinding> find_ahead(const std::vector<RotationOutlook>& outlooks,
                                        const std::vector<Unavailable>& unavailable,
                                        const TimeSpan& ahead)
{
    std::vector<RotationFinding> findings;
    for (const RotationOutlook& outlook : outlooks) {
        for (const OnCallShift& shift : outlook.shifts) {
            for (const Unavailable& each : unavailable) {
                if (each.person != shift.person) continue;
                const auto missed = common_span(shift.span, each.span);
                if (!missed || !common_span(*missed, ahead)) continue;
                const auto kind = each.is_gone ? RotationFindingKind::nobody : RotationFindingKind::is_out;
                findings.push_back({kind, outlook.rotation, "", shift.person, *missed});
            }
        }
        for (const TimeSpan& gap : outlook.gaps)
            findings.push_back({RotationFindingKind::nobody, outlook.rotation, "", UserId{}, gap});
    }
    find_twice(outlooks, ahead, findings);
    return findings;
}

}  // namespace ackd
