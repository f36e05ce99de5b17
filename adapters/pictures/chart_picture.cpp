#include "adapters/pictures/chart_picture.hpp"

#include <cairo.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <stdexcept>

namespace ackd::pictures {

namespace {

struct Colour {
    double red, green, blue;
};

constexpr Colour paper{1.0, 1.0, 1.0};
constexpr Colour ink{0.20, 0.22, 0.27};
constexpr Colour faint{0.87, 0.88, 0.91};
/// Told apart without colours as well: one is filled, the other a line.
constexpr Colour column_colour{0.22, 0.45, 0.78};
constexpr Colour limit_colour{0.80, 0.33, 0.10};

/// A third of it on a phone: eleven pixels.
constexpr double letter_size = 33;
constexpr double left_edge = 96;
constexpr double right_edge = picture_width - 28.0;
constexpr double top_edge = 92;
constexpr double bottom_edge = picture_height - 66.0;
/// More columns are narrow: figures above them would run into each other.
constexpr std::size_t columns_with_figures_max = 14;
/// A figure of one column is not a wall.
constexpr double column_width_max = 76;

using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using Context = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

enum class Align { left, centre, right };

class Drawing {
public:
    Drawing()
        : surface_(cairo_image_surface_create(CAIRO_FORMAT_RGB24, picture_width, picture_height),
                   cairo_surface_destroy),
          context_(cairo_create(surface_.get()), cairo_destroy)
    {
        if (cairo_status(context_.get()) != CAIRO_STATUS_SUCCESS)
            throw std::runtime_error("no memory for a picture");
        cairo_select_font_face(
            context_.get(), "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
        cairo_set_font_size(context_.get(), letter_size);
        colour(paper);
        cairo_paint(context_.get());
    }

    void colour(const Colour& colour)
    {
        cairo_set_source_rgb(context_.get(), colour.red, colour.green, colour.blue);
    }

    [[nodiscard]] double width_of(const std::string& text)
    {
        cairo_text_extents_t extents;
        cairo_text_extents(context_.get(), text.c_str(), &extents);
        return extents.x_advance;
    }

    /// `y`: of the line that letters stand on.
    void text(const std::string& text, double x, double y, Align align)
    {
        const double width = align == Align::left ? 0 : width_of(text);
        cairo_move_to(context_.get(), align == Align::centre ? x - width / 2 : x - width, y);
        cairo_show_text(context_.get(), text.c_str());
    }

    void level(double y, double width, bool is_dashed)
    {
        static constexpr std::array dashes{14.0, 9.0};
        cairo_set_dash(context_.get(), dashes.data(), is_dashed ? static_cast<int>(dashes.size()) : 0, 0);
        cairo_set_line_width(context_.get(), width);
        cairo_move_to(context_.get(), left_edge, std::round(y) + 0.5);
        cairo_line_to(context_.get(), right_edge, std::round(y) + 0.5);
        cairo_stroke(context_.get());
        cairo_set_dash(context_.get(), nullptr, 0, 0);
    }

    void column(double x, double y, double width, bool is_open)
    {
        constexpr double border = 3;
        if (!is_open) {
            colour(column_colour);
            cairo_rectangle(context_.get(), x, y, width, bottom_edge - y);
            cairo_fill(context_.get());
            return;
        }
        cairo_rectangle(context_.get(),
                        x + border / 2,
                        y + border / 2,
                        std::max(1.0, width - border),
                        std::max(1.0, bottom_edge - y - border / 2));
        colour(paper);
        cairo_fill_preserve(context_.get());
        colour(column_colour);
        cairo_set_line_width(context_.get(), border);
        cairo_stroke(context_.get());
    }

    [[nodiscard]] std::string png()
    {
        std::string bytes;
        const auto append = [](void* target, const unsigned char* data, unsigned length) {
            static_cast<std::string*>(target)->append(reinterpret_cast<const char*>(data), length);
            return CAIRO_STATUS_SUCCESS;
        };
        if (cairo_surface_write_to_png_stream(surface_.get(), append, &bytes) != CAIRO_STATUS_SUCCESS)
            throw std::runtime_error("no memory for a picture");
        return bytes;
    }

private:
    Surface surface_;
    Context context_;
};

int largest_of(const Chart& chart)
{
    int largest = chart.limit.value_or(0);
    for (const ChartColumn& column : chart.columns) largest = std::max(largest, column.value);
    return largest;
}

/// Nothing may be drawn outside, whatever an older version of ours has signed.
double height_of(int value, int top)
{
    return bottom_edge - (bottom_edge - top_edge) * std::clamp(value, 0, top) / top;
}

void draw_axis(Drawing& drawing, const std::vector<int>& marks)
{
    for (const int mark : marks) {
        const double y = height_of(mark, marks.back());
        drawing.colour(faint);
        drawing.level(y, mark == 0 ? 3 : 1.5, false);
        drawing.colour(ink);
        drawing.text(std::to_string(mark), left_edge - 14, y + letter_size / 3, Align::right);
    }
}

void draw_labels(Drawing& drawing, const std::vector<ChartColumn>& columns, double place)
{
    double widest = 0;
    for (const ChartColumn& column : columns) widest = std::max(widest, drawing.width_of(column.label));
    constexpr double gap = 44;
    const auto step = static_cast<std::size_t>(
        label_step(columns.size(), widest + gap, right_edge - left_edge));
    drawing.colour(ink);
    for (std::size_t back = 0; back < columns.size(); back += step) {
        const std::size_t at = columns.size() - 1 - back;
        const double half = std::min(drawing.width_of(columns[at].label) / 2, picture_width / 2.0 - 4);
        const double middle = left_edge + place * (static_cast<double>(at) + 0.5);
        drawing.text(columns[at].label,
                     std::clamp(middle, half + 4, picture_width - half - 4),
                     bottom_edge + letter_size + 12,
                     Align::centre);
    }
}

void draw_columns(Drawing& drawing, const Chart& chart, int top)
{
    const double place = (right_edge - left_edge) / static_cast<double>(chart.columns.size());
    const double width = std::min(column_width_max, std::max(2.0, place * 0.68));
    for (std::size_t at = 0; at < chart.columns.size(); ++at) {
        const ChartColumn& column = chart.columns[at];
        const double middle = left_edge + place * (static_cast<double>(at) + 0.5);
        const double y = height_of(column.value, top);
        if (column.value > 0) drawing.column(middle - width / 2, y, width, column.is_open);
        if (chart.columns.size() > columns_with_figures_max || column.value == 0) continue;
        drawing.colour(ink);
        drawing.text(
            std::to_string(column.value) + (column.is_open ? "+" : ""), middle, y - 9, Align::centre);
    }
    draw_labels(drawing, chart.columns, place);
}

void draw_limit(Drawing& drawing, int limit, int top)
{
    const double y = height_of(limit, top);
    drawing.colour(limit_colour);
    drawing.level(y, 4, true);
    drawing.text("limit now " + std::to_string(limit), right_edge, top_edge - 48, Align::right);
}

}  // namespace

std::vector<int> axis_marks(int most)
{
    constexpr int marks_max = 5;
    constexpr int largest = 1'000'000'000;
    const int top = std::clamp(most, 1, largest);
    for (int power = 1;; power *= 10) {
        for (const int factor : {1, 2, 5}) {
            const int step = factor * power;
            const int count = (top - 1) / step + 1;
            if (count >= marks_max) continue;
            std::vector<int> marks;
            for (int number = 0; number <= count; ++number) marks.push_back(number * step);
            return marks;
        }
    }
}

int label_step(std::size_t count, double width, double room)
{
    return std::max(1, static_cast<int>(std::ceil(static_cast<double>(count) * width / room)));
}

std::string png_of(const Chart& chart)
{
    Drawing drawing;
    const std::vector<int> marks = axis_marks(largest_of(chart));
    drawing.colour(ink);
    drawing.text(chart.unit, 22, top_edge - 48, Align::left);
    draw_axis(drawing, marks);
    if (!chart.columns.empty()) draw_columns(drawing, chart, marks.back());
    if (chart.limit) draw_limit(drawing, *chart.limit, marks.back());
    return drawing.png();
}

}  // namespace ackd::pictures
