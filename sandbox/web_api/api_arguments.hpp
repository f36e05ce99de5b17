// The arguments of one Web API call, from a query, a form or a JSON body, behind one set of reads.
//
// In a form everything is text and complex values are JSON text; in a JSON body they may be values or JSON
// text. Which names were read is remembered, so that what a client sent in vain can be counted.
#pragma once

#include "sandbox/model/json.hpp"
#include "sandbox/model/outcome.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

class Arguments {
public:
    Arguments() : values_(Json::object()) {}
    explicit Arguments(Json object);

    /// Decodes "a=1&b=%20"; of a name given twice the last counts. False for a broken escape.
    bool add_form(std::string_view encoded);

    [[nodiscard]] bool has(const char* name) const;
    /// It is there, be it empty.
    [[nodiscard]] bool is_given(const char* name) const;
    /// Numbers and booleans as text; "" when absent.
    [[nodiscard]] std::string text(const char* name) const;
    /// What stands between its commas, without blanks before it and without what is empty.
    [[nodiscard]] std::vector<std::string> list(const char* name) const;
    [[nodiscard]] bool flag(const char* name, bool fallback = false) const;
    /// Null when absent; refuses with `error` when it is text that is no JSON.
    [[nodiscard]] Outcome<Json> structured(const char* name, const char* error) const;
    /// Names that nobody asked for, sorted.
    [[nodiscard]] std::vector<std::string> unread() const;
    /// All of them, as they were sent.
    [[nodiscard]] const Json& values() const { return values_; }

private:
    [[nodiscard]] const Json& value(const char* name) const;

    Json values_;
    mutable std::set<std::string> read_;
};

/// Undoes %41 and "+". False for a broken escape.
bool decode_form_text(std::string_view encoded, std::string& into);
std::string encode_form_text(std::string_view text);

}  // namespace sandbox
