#include "adapters/pictures/chart_link.hpp"

#include "bot/base64.hpp"
#include "bot/sha256.hpp"

#include <nlohmann/json.hpp>
#include <openssl/crypto.h>

#include <utility>

namespace ackd::pictures {

namespace {

using nlohmann::json;

constexpr std::string_view suffix = ".png";
constexpr std::size_t signature_bytes = 16;

std::string signature_of(std::string_view key, std::string_view figures)
{
    const Sha256 digest = hmac_sha256_of(key, figures);
    return base64url_of({reinterpret_cast<const char*>(digest.data()), signature_bytes});
}

bool is_same_in_constant_time(std::string_view one, std::string_view other)
{
    return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

/// Short, since it is an address: ["surprises a week", 6, ["6 Mar", 3], ["13 Mar", 4, 1], …]
json figures_of(const Chart& chart)
{
    json figures = json::array({chart.unit, nullptr});
    if (chart.limit) figures[1] = *chart.limit;
    for (const ChartColumn& column : chart.columns) {
        json& added = figures.emplace_back(json::array({column.label, column.value}));
        if (column.is_open) added.push_back(1);
    }
    return figures;
}

/// Of what we have signed: anything else throws.
Chart chart_of(const json& figures)
{
    Chart chart;
    chart.unit = figures.at(0).get<std::string>();
    if (!figures.at(1).is_null()) chart.limit = figures.at(1).get<int>();
    for (std::size_t at = 2; at < figures.size(); ++at) {
        const json& column = figures[at];
        chart.columns.push_back(
            {column.at(0).get<std::string>(), column.at(1).get<int>(), column.size() > 2});
    }
    return chart;
}

}  // namespace

ChartLinks::ChartLinks(std::string url, std::string key) : url_(std::move(url)), key_(std::move(key)) {}

std::optional<std::string> ChartLinks::link_to(const Chart& chart) const
{
    if (chart.columns.empty() || chart.columns.size() > chart_columns_max) return std::nullopt;
    const std::string figures = base64url_of(
        figures_of(chart).dump(-1, ' ', false, json::error_handler_t::replace));
    std::string link = url_;
    link.append(chart_path).append(figures).append(".").append(signature_of(key_, figures)).append(suffix);
    if (link.size() > chart_link_size_max) return std::nullopt;
    return link;
}

std::optional<Chart> chart_at(std::string_view path, std::string_view key)
{
    if (path.size() > chart_link_size_max || !path.starts_with(chart_path) || !path.ends_with(suffix))
        return std::nullopt;
    path.remove_prefix(chart_path.size());
    path.remove_suffix(suffix.size());
    const auto dot = path.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const std::string_view figures = path.substr(0, dot);
    if (!is_same_in_constant_time(signature_of(key, figures), path.substr(dot + 1))) return std::nullopt;
    const auto text = bytes_of_base64url(figures);
    if (!text) return std::nullopt;
    try {
        return chart_of(json::parse(*text));
    } catch (const json::exception&) {
        // Signed by another version of ours, which wrote figures in another way.
        return std::nullopt;
    }
}

}  // namespace ackd::pictures
