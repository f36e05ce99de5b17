// What went over the wire between the workspace and the app, for those who want to watch: the last entries of
// both directions, each with its answer. Nothing is kept until somebody has asked to watch.
#pragma once

#include "sandbox/model/json.hpp"
#include "sandbox/model/slack_identifiers.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sandbox {

class WireLog {
public:
    static constexpr std::size_t entries_max = 2'000;
    static constexpr std::size_t detail_bytes_max = 16 * 1024;

    struct Entry {
        std::uint64_t id = 0;
        const char* kind = "";  ///< see web/sandbox/PROTOCOL.md
        double wall = 0;        ///< Unix seconds of the machine
        std::string title;
        std::string outcome;
        std::optional<double> milliseconds;
        std::string detail;
    };

    explicit WireLog(std::function<WallInstant()> wall) : wall_(std::move(wall)) {}

    /// Keeps entries from now on.
    void watch() { is_watched_ = true; }
    [[nodiscard]] bool is_watched() const { return is_watched_; }

    /// Something sets out, under a name by which its end is told. Under the same name again: another attempt.
    void begin(std::string_view name, const char* kind, std::string title, const Json& detail);
    /// It has ended; what is not known by this name is left out. `answer` is added to the detail.
    void end(std::string_view name, std::string outcome, std::string_view answer = "");
    /// Something that is over at once.
    void note(const char* kind, std::string title, std::string outcome, const Json& detail = {});

    /// Those that are new or changed since the last call.
    [[nodiscard]] std::vector<Entry> take_changes();
    /// The last ones, oldest first.
    [[nodiscard]] std::vector<Entry> last(std::size_t count) const;

private:
    struct Begun {
        std::uint64_t id = 0;
        WallInstant at;
    };
    Entry& add(const char* kind, std::string title, const Json& detail);
    Entry* find(std::uint64_t id);
    void changed(std::uint64_t id);

    std::function<WallInstant()> wall_;
    bool is_watched_ = false;
    std::uint64_t last_id_ = 0;
    std::deque<Entry> entries_;
    std::unordered_map<std::string, Begun> begun_;
    std::vector<std::uint64_t> changed_;
};

Json to_json(const WireLog::Entry& entry);

}  // namespace sandbox
