// A workspace in which something is said back.
#pragma once

#include "bot/delivery/read_back_table.hpp"
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

namespace ackd {

struct ReadBackOffice : Workspace {
    explicit ReadBackOffice(Settings settings = straight_settings()) : Workspace(std::move(settings)) {}

    /// Ann has asked Bo and Cy, and both have received it: it is 10:00 on Monday.
    void ask_and_ack()
    {
        ack("Uann", "@Ubo @Ucy !readback no deploys before Friday");
        press("Ubo", card(), "got_it");
        press("Ucy", card(), "got_it");
    }

    /// Sends the form that was opened last.
    void submit(const char* person, const std::string& text, const char* instance = "V1")
    {
        REQUIRE_FALSE(forms.empty());
        FormSubmitted submitted;
        submitted.name = forms.back().name;
        submitted.instance = instance;
        submitted.context = forms.back().context;
        submitted.person = UserId{person};
        submitted.values.fields = {FieldValue{forms.back().fields.front().name, {}, text, std::nullopt}};
        take(submitted);
    }

    /// The card as it stands, drawn to its end.
    [[nodiscard]] std::string said_on_card()
    {
        advance(std::chrono::seconds{2});
        return text_of(card().now);
    }
    [[nodiscard]] std::string state(std::int64_t request = 1)
    {
        const ReadBackTable table{*connection, [] { return std::uint64_t{0}; }};
        return std::string{name_of(table.find(RequestId{request}).value().state)};
    }
    /// Who was picked last and asked; empty: nobody.
    [[nodiscard]] std::string picked()
    {
        for (auto post = posts.rbegin(); post != posts.rend(); ++post) {
            if (!value_behind(post->first, "not_now").empty()) return post->person.value;
        }
        return "";
    }
    /// Whether any text of any table has these words.
    [[nodiscard]] bool holds(const std::string& words)
    {
        static std::set<std::string> kept;  // the statement cache is keyed by address
        std::vector<std::string> queries;
        {
            storage::Statement columns = connection->prepare(
                R"(SELECT m.name, c.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c
                    WHERE m.type = 'table' AND c.type = 'TEXT')");
            while (columns.step())
                queries.push_back("SELECT \"" + columns.column_string(1) + "\" FROM \"" +
                                  columns.column_string(0) + "\"");
        }
        for (const std::string& query : queries) {
            storage::Statement rows = connection->prepare(kept.insert(query).first->c_str());
            while (rows.step()) {
                if (rows.column_string(0).find(words) != std::string::npos) return true;
            }
        }
        return false;
    }
};

}  // namespace ackd
