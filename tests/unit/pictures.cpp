// Charts as pictures: what their addresses hold and who made them, and what is drawn.
#include "adapters/pictures/chart_link.hpp"
#include "adapters/pictures/chart_picture.hpp"

#include <cairo.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>

using namespace ackd;
using namespace ackd::pictures;

namespace {

const std::string site = "https://ackd.example.com";

Chart surprises()
{
    return {"Surprises a week", "surprises, by week", {{"6 Mar", 3}, {"13 Mar", 6}, {"20 Mar", 1, true}}, {}};
}

std::string path_of(const std::string& link)
{
    REQUIRE(link.starts_with(site));
    return link.substr(site.size());
}

/// The picture as its reader sees it.
class Seen {
public:
    explicit Seen(std::string png) : png_(std::move(png)), surface_(read(), cairo_surface_destroy)
    {
        REQUIRE(cairo_surface_status(surface_.get()) == CAIRO_STATUS_SUCCESS);
        CHECK(cairo_image_surface_get_width(surface_.get()) == picture_width);
        CHECK(cairo_image_surface_get_height(surface_.get()) == picture_height);
    }

    enum class Colour { paper, column, limit, other };

    [[nodiscard]] Colour at(int x, int y) const
    {
        const unsigned char* pixel = cairo_image_surface_get_data(surface_.get()) +
                                     y * cairo_image_surface_get_stride(surface_.get()) + 4 * x;
        const int blue = pixel[0];
        const int red = pixel[2];
        if (red > 250 && blue > 250) return Colour::paper;
        if (blue > red + 80) return Colour::column;
        if (red > blue + 80) return Colour::limit;
        return Colour::other;
    }

    /// How many pixels of this colour there are between two edges.
    [[nodiscard]] int count(Colour colour, int left = 0, int right = picture_width) const
    {
        int found = 0;
        for (int y = 0; y < picture_height; ++y) {
            for (int x = left; x < right; ++x) found += at(x, y) == colour ? 1 : 0;
        }
        return found;
    }

private:
    cairo_surface_t* read()
    {
        struct Source {
            const std::string& bytes;
            std::size_t at = 0;
        } source{png_};
        const auto next = [](void* closure, unsigned char* data, unsigned length) {
            auto& from = *static_cast<Source*>(closure);
            if (from.bytes.size() - from.at < length) return CAIRO_STATUS_READ_ERROR;
            std::copy_n(from.bytes.begin() + static_cast<std::ptrdiff_t>(from.at), length, data);
            from.at += length;
            return CAIRO_STATUS_SUCCESS;
        };
        return cairo_image_surface_create_from_png_stream(next, &source);
    }

    std::string png_;
    std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface_;
};

}  // namespace

TEST_CASE("pictures: the address of a chart holds what is drawn, without its title")
{
    const ChartLinks links{site, "key"};
    Chart chart = surprises();
    chart.limit = 5;
    chart.columns.front().label = "ümläut/日本?#%";
    const auto link = links.link_to(chart);
    REQUIRE(link.has_value());
    CHECK(link->starts_with(site + "/chart/"));
    CHECK(link->ends_with(".png"));
    CHECK(link->find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./:") ==
          std::string::npos);
    const auto drawn = chart_at(path_of(*link), "key");
    REQUIRE(drawn.has_value());
    chart.title.clear();
    CHECK(*drawn == chart);
    CHECK(links.link_to(chart) == link);
}

TEST_CASE("pictures: an address that we have not made is none, whatever of it is changed")
{
    const std::string path = path_of(*ChartLinks{site, "key"}.link_to(surprises()));
    CHECK(chart_at(path, "key").has_value());
    CHECK_FALSE(chart_at(path, "another").has_value());
    CHECK_FALSE(chart_at(path, "").has_value());
    for (std::size_t at = 0; at < path.size(); ++at) {
        CAPTURE(at);
        std::string changed = path;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        CHECK_FALSE(chart_at(changed, "key").has_value());
        CHECK_FALSE(chart_at(path.substr(0, at), "key").has_value());
    }
    for (const char* other : {"", "/", "/chart/", "/chart/.png", "/chart/..png", "/chart/a.b.png"})
        CHECK_FALSE(chart_at(other, "key").has_value());
    CHECK_FALSE(chart_at(path + std::string(chart_link_size_max, 'A') + ".png", "key").has_value());
}

TEST_CASE("pictures: as many columns as a phone can show have an address that a chat takes; more have none")
{
    const ChartLinks links{"https://a-rather-long-name.of-some-department.example.com:8443", "key"};
    Chart chart = surprises();
    chart.columns.assign(chart_columns_max, {"28 Feb", 1'000'000, true});
    const auto link = links.link_to(chart);
    REQUIRE(link.has_value());
    CHECK(link->size() <= chart_link_size_max);
    chart.columns.push_back({"1 Mar", 1});
    CHECK_FALSE(links.link_to(chart).has_value());
    chart.columns.clear();
    CHECK_FALSE(links.link_to(chart).has_value());
    chart.columns.assign(chart_columns_max, {std::string(100, 'x'), 1});
    CHECK_FALSE(links.link_to(chart).has_value());
}

TEST_CASE("pictures: columns are as high as their figures")
{
    const Seen seen{png_of({"", "u", {{"", 100}, {"", 50}, {"", 0}}, {}})};
    constexpr int third = picture_width / 3;
    const int first = seen.count(Seen::Colour::column, 0, third);
    const int second = seen.count(Seen::Colour::column, third, 2 * third);
    CHECK(first == doctest::Approx(2 * second).epsilon(0.02));
    CHECK(second > 1'000);
    CHECK(seen.count(Seen::Colour::column, 2 * third) == 0);
    CHECK(seen.count(Seen::Colour::limit) == 0);
}

TEST_CASE("pictures: what may still grow is an outline, and a limit is a line of its own colour")
{
    const auto filled = Seen{png_of({"", "u", {{"", 8}}, {}})}.count(Seen::Colour::column);
    const auto outlined = Seen{png_of({"", "u", {{"", 8, true}}, {}})}.count(Seen::Colour::column);
    CHECK(outlined > 0);
    CHECK(outlined * 5 < filled);
    const Seen limited{png_of({"", "u", {{"", 8}}, 4})};
    CHECK(limited.count(Seen::Colour::limit) > 500);
    // Above all columns it is still inside.
    CHECK(Seen{png_of({"", "u", {{"", 1}}, 90})}.count(Seen::Colour::limit) > 500);
}

TEST_CASE("pictures: whatever is asked to be drawn is a picture")
{
    for (const Chart& chart : {Chart{},
                               Chart{"", "", {{"", 0}}, 0},
                               Chart{"", "u", {{"x", -5}, {"y", 2'000'000'000}}, -7},
                               Chart{"", std::string(500, 'u'), {{std::string(500, 'l'), 1}}, {}},
                               Chart{"", "\xff\xfe", {{"\xc3", 1}}, {}},
                               Chart{"", "u", std::vector<ChartColumn>(chart_columns_max, {"6 Mar", 9}), 3}})
        static_cast<void>(Seen{png_of(chart)});
    CHECK(png_of(surprises()) == png_of(surprises()));
}

TEST_CASE("pictures: an axis has at most five marks, from 0 to the largest or just above")
{
    CHECK(axis_marks(0) == std::vector<int>{0, 1});
    CHECK(axis_marks(4) == std::vector<int>{0, 1, 2, 3, 4});
    CHECK(axis_marks(6) == std::vector<int>{0, 2, 4, 6});
    CHECK(axis_marks(41) == std::vector<int>{0, 20, 40, 60});
    CHECK(axis_marks(-3) == std::vector<int>{0, 1});
    for (int most = 1; most < 100'000; most += 1 + most / 50) {
        CAPTURE(most);
        const auto marks = axis_marks(most);
        REQUIRE(marks.size() >= 2);
        CHECK(marks.size() <= 5);
        CHECK(marks.back() >= most);
        CHECK(marks[marks.size() - 2] < most);
    }
}

TEST_CASE("pictures: labels that have no room are left out, evenly")
{
    CHECK(label_step(8, 100, 840) == 1);
    CHECK(label_step(9, 100, 840) == 2);
    CHECK(label_step(56, 100, 840) == 7);
    CHECK(label_step(0, 100, 840) == 1);
}
