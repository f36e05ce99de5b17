// `ackd rotations`: calendars in and out, beside a running ackd or without one, and the keys with which other
// programs read them from a running one.
#pragma once

#include <cstdint>
#include <string>

namespace ackd::cli {

struct RotationsCommandOptions {
    std::string state_directory;
    std::string rotation;
    std::string path;                ///< of a calendar file; "-": standard input
    std::string configuration_path;  ///< says what the address is; empty: all defaults
    std::int64_t key = 0;            ///< its number
    /// As for `ackd run`, against a sandbox.
    double clock_scale = 1;
    double clock_origin = 0;
};

/// The feed of a rotation, on standard output.
int export_rotation(const RotationsCommandOptions& options);
/// A calendar file's events as overrides, in the place of those that the last one brought and that have not
/// ended. All of it or nothing: a file with a problem changes nothing.
int import_rotation(const RotationsCommandOptions& options);

/// Every rotation of the policy, and the keys of its calendar with when each was used last.
int list_rotation_keys(const RotationsCommandOptions& options);
/// Makes a key, and prints the address of the calendar, once. A rotation has at most two.
int add_rotation_key(const RotationsCommandOptions& options);
/// From now on nothing is at that address.
int revoke_rotation_key(const RotationsCommandOptions& options);

}  // namespace ackd::cli
