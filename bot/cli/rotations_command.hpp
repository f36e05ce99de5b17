// `ackd rotations`: calendars in and out, beside a running ackd or without one.
#pragma once

#include <string>

namespace ackd::cli {

struct RotationsCommandOptions {
    std::string state_directory;
    std::string rotation;
    std::string path;  ///< of a calendar file; "-": standard input
    /// As for `ackd run`, against a sandbox.
    double clock_scale = 1;
    double clock_origin = 0;
};

/// The feed of a rotation, on standard output.
int export_rotation(const RotationsCommandOptions& options);
/// A calendar file's events as overrides, in the place of those that the last one brought and that have not
/// ended. All of it or nothing: a file with a problem changes nothing.
int import_rotation(const RotationsCommandOptions& options);

}  // namespace ackd::cli
