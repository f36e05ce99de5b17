#include "bot/notice.hpp"

#include <algorithm>

namespace ackd {

const char* name_of(NoticeKind kind)
{
    switch (kind) {
        case NoticeKind::card: return "card";
        case NoticeKind::nudge: return "nudge";
        case NoticeKind::escalation: return "escalation";
        case NoticeKind::dead_letter: return "dead_letter";
        case NoticeKind::for_asker: return "for_asker";
        case NoticeKind::reply: return "reply";
        case NoticeKind::home: return "home";
        case NoticeKind::digest: return "digest";
        case NoticeKind::alert: return "alert";
        case NoticeKind::capacity: return "capacity";
        case NoticeKind::resync: return "resync";
        case NoticeKind::drift: return "drift";
        case NoticeKind::retro: return "retro";
    }
    return "?";
}

bool has_chart(const Notice& notice)
{
    return std::any_of(notice.sections.begin(), notice.sections.end(), [](const Section& section) {
        return std::any_of(section.lines.begin(), section.lines.end(), [](const Line& line) {
            return line.chart.has_value();
        });
    });
}

}  // namespace ackd
