#include "sandbox/wire/wire_log.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace sandbox {
namespace {

constexpr std::size_t begun_max = 10'000;

void clip(std::string& text)
{
    if (text.size() <= WireLog::detail_bytes_max) return;
    text.resize(WireLog::detail_bytes_max);
    text += "…";
}

std::string wall_text(double seconds)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.6f", seconds);
    return text;
}

}  // namespace

WireLog::Entry& WireLog::add(const char* kind, std::string title, const Json& detail)
{
    Entry entry;
    entry.id = ++last_id_;
    entry.kind = kind;
    entry.wall = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
    entry.title = std::move(title);
    if (!detail.is_null()) entry.detail = dump(detail);
    clip(entry.detail);
    entries_.push_back(std::move(entry));
    if (entries_.size() > entries_max) entries_.pop_front();
    changed(entries_.back().id);
    return entries_.back();
}

WireLog::Entry* WireLog::find(std::uint64_t id)
{
    if (entries_.empty() || id < entries_.front().id) return nullptr;
    const std::size_t index = static_cast<std::size_t>(id - entries_.front().id);
    return index < entries_.size() ? &entries_[index] : nullptr;
}

void WireLog::changed(std::uint64_t id)
{
    if (changed_.empty() || changed_.back() != id) changed_.push_back(id);
    if (changed_.size() > entries_max) changed_.erase(changed_.begin());
}

void WireLog::begin(std::string_view name, const char* kind, std::string title, const Json& detail)
{
    if (!is_watched_) return;
    if (begun_.size() >= begun_max) begun_.clear();
    begun_.insert_or_assign(std::string{name}, Begun{add(kind, std::move(title), detail).id, wall_()});
}

void WireLog::end(std::string_view name, std::string outcome, std::string_view answer)
{
    if (!is_watched_) return;
    const auto found = begun_.find(std::string{name});
    if (found == begun_.end()) return;
    const Begun begun = found->second;
    begun_.erase(found);
    Entry* entry = find(begun.id);
    if (entry == nullptr) return;
    entry->outcome = std::move(outcome);
    entry->milliseconds = std::chrono::duration<double, std::milli>(wall_() - begun.at).count();
    if (!answer.empty()) {
        if (!entry->detail.empty()) entry->detail += '\n';
        entry->detail += answer;
        clip(entry->detail);
    }
    changed(begun.id);
}

void WireLog::note(const char* kind, std::string title, std::string outcome, const Json& detail)
{
    if (!is_watched_) return;
    add(kind, std::move(title), detail).outcome = std::move(outcome);
}

std::vector<WireLog::Entry> WireLog::take_changes()
{
    std::vector<std::uint64_t> ids = std::exchange(changed_, {});
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<Entry> list;
    for (const std::uint64_t id : ids)
        if (const Entry* entry = find(id)) list.push_back(*entry);
    return list;
}

std::vector<WireLog::Entry> WireLog::last(std::size_t count) const
{
    const std::size_t skipped = entries_.size() - std::min(count, entries_.size());
    return {entries_.begin() + static_cast<std::ptrdiff_t>(skipped), entries_.end()};
}

Json to_json(const WireLog::Entry& entry)
{
    return {{"id", entry.id},
            {"kind", entry.kind},
            {"wall", wall_text(entry.wall)},
            {"title", entry.title},
            {"outcome", entry.outcome},
            {"ms", entry.milliseconds ? Json(*entry.milliseconds) : Json{}},
            {"detail", entry.detail}};
}

}  // namespace sandbox
