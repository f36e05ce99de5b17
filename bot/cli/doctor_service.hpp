// Whether systemd would run ackd as it should: its unit as it is installed, with its drop-ins. Read from
// files, since systemd itself may not be there to be asked.
#pragma once

#include "bot/cli/configuration.hpp"
#include "bot/cli/finding.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ackd::cli {

/// The settings of a unit in the order of its files; a later value of a single-valued one counts.
class UnitSettings {
public:
    /// Adds one file's text. Sections are not told apart: no setting that we read is in two.
    void add(std::string_view text);
    /// The last value, or empty.
    [[nodiscard]] std::string value_of(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> values_of(std::string_view name) const;

private:
    std::vector<std::pair<std::string, std::string>> settings_;
};

/// Where units are looked for, the most important first: $SYSTEMD_UNIT_PATH, as systemd itself has it, else
/// the usual folders. Empty: systemd does not run this machine.
[[nodiscard]] std::vector<std::string> unit_folders();
/// Nothing: it is not installed in any of them.
[[nodiscard]] std::optional<UnitSettings> read_unit(const std::vector<std::string>& folders);

/// Which secrets there must be is a matter of the mode.
[[nodiscard]] Finding check_credentials(const UnitSettings& unit, SlackMode mode);
[[nodiscard]] Finding check_watchdog(const UnitSettings& unit);

/// "service", "credentials" and "watchdog".
[[nodiscard]] std::vector<Finding> check_service(SlackMode mode);

}  // namespace ackd::cli
