// Prints how well questions are found in the conversation that labels.tsv is of.
#include "tests/detection/detection_evaluation.hpp"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

namespace {

std::string contents_of(const std::string& path)
{
    std::ifstream stream{path, std::ios::binary};
    if (!stream) throw std::runtime_error("it cannot be read");
    return std::string{std::istreambuf_iterator<char>{stream}, {}};
}

}  // namespace

int main(int argc, char** argv)
{
    using namespace ackd::detection;
    CLI::App program{"Measures how well questions are found, against labels given by hand."};
    std::string file;
    bool with_errors = false;
    if (const char* traffic = std::getenv("ACKD_TRAFFIC")) file = traffic;
    program.add_option("FILE", file, "the conversation that the labels are of ($ACKD_TRAFFIC)");
    program.add_flag("--errors", with_errors, "list what was judged otherwise than labelled, and why");
    CLI11_PARSE(program, argc, argv);
    if (file.empty()) {
        std::cerr << "Name the conversation that tests/detection/labels.tsv is of, or set ACKD_TRAFFIC.\n";
        return 2;
    }
    try {
        const Labels labels = read_labels(contents_of(ACKD_SOURCE_DIR "/tests/detection/labels.tsv"));
        std::cout << evaluate(contents_of(file), labels).to_text(with_errors);
        return EXIT_SUCCESS;
    } catch (const std::exception& error) {
        std::cerr << file << ": " << error.what() << "\n";
        return 2;
    }
}
