// What an operation of the workspace or the Web API yields: a value, or Slack's refusal.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace sandbox {

/// `error` is the short code Slack puts into "error"; `messages` become response_metadata.messages.
struct Refusal {
    /// One of several things that are wrong with a manifest, and where: a JSON pointer.
    struct Detail {
        std::string code;
        std::string message;
        std::string pointer;

        friend bool operator==(const Detail&, const Detail&) = default;
    };

    std::string error;
    std::vector<std::string> messages;
    std::string needed;           ///< missing_scope only
    std::vector<Detail> details;  ///< invalid_manifest only

    explicit Refusal(std::string code, std::vector<std::string> why = {})
        : error(std::move(code)), messages(std::move(why))
    {}
};

/// Its own small class, since the templated constructors of ready-made ones clash with what JSON converts to.
/// Reading the value of a refusal is a mistake in the program and throws std::bad_variant_access.
template <class T>
class [[nodiscard]] Outcome {
public:
    Outcome(T value) : result_(std::in_place_index<0>, std::move(value)) {}
    Outcome(Refusal refusal) : result_(std::in_place_index<1>, std::move(refusal)) {}

    explicit operator bool() const { return result_.index() == 0; }
    [[nodiscard]] bool has_value() const { return result_.index() == 0; }

    T& operator*() & { return std::get<0>(result_); }
    const T& operator*() const& { return std::get<0>(result_); }
    T&& operator*() && { return std::get<0>(std::move(result_)); }
    T* operator->() { return &std::get<0>(result_); }
    const T* operator->() const { return &std::get<0>(result_); }
    [[nodiscard]] const Refusal& error() const { return std::get<1>(result_); }

private:
    std::variant<T, Refusal> result_;
};

}  // namespace sandbox
