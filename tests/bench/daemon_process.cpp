#include "tests/bench/daemon_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <stdexcept>
#include <system_error>

namespace ackd::bench {

namespace {

void write_configuration(const std::string& path, int connections)
{
    std::ofstream file{path};
    file << "[slack]\nconnections = " << connections << "\n";
    if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

/// In the child, between fork and exec.
[[noreturn]] void become(const std::vector<std::string>& arguments,
                         const std::string& log_path,
                         int start_pipe)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int log = open(log_path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log < 0 || dup2(log, STDOUT_FILENO) < 0 || dup2(log, STDERR_FILENO) < 0) _exit(127);
    std::vector<char*> pointers;
    for (const std::string& argument : arguments) pointers.push_back(const_cast<char*>(argument.c_str()));
    pointers.push_back(nullptr);
    const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
    if (write(start_pipe, &now, sizeof now) != sizeof now) _exit(127);
    execv(pointers.front(), pointers.data());
    _exit(127);
}

}  // namespace

DaemonProcess::DaemonProcess(const DaemonOptions& options) : log_path_(options.state_folder + "/ackd.log")
{
    const std::string configuration = options.state_folder + "/bench.toml";
    write_configuration(configuration, options.connections);
    std::vector<std::string> arguments{
        options.program, "run", "--config", configuration, "--state-dir", options.state_folder};
    arguments.insert(arguments.end(), options.more_arguments.begin(), options.more_arguments.end());
    setenv("SLACK_API_URL", options.api_url.c_str(), 1);
    setenv("SLACK_APP_TOKEN", "xapp-1-A0BENCH0001-0-bench", 1);
    setenv("SLACK_BOT_TOKEN", "xoxb-0-0-bench", 1);
    unsetenv("NOTIFY_SOCKET");
    unsetenv("CREDENTIALS_DIRECTORY");
    // A plain system: which authorities are trusted is not chosen by whoever runs the benchmark.
    unsetenv("SSL_CERT_FILE");
    unsetenv("SSL_CERT_DIR");

    int start_pipe[2];
    if (pipe2(start_pipe, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe2");
    id_ = fork();
    if (id_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (id_ == 0) become(arguments, log_path_, start_pipe[1]);
    close(start_pipe[1]);
    std::chrono::steady_clock::rep began = 0;
    const ssize_t count = read(start_pipe[0], &began, sizeof began);
    close(start_pipe[0]);
    if (count != sizeof began)
        throw std::runtime_error("the daemon could not be started: " + options.program);
    started_at_ = SteadyTime{std::chrono::steady_clock::duration{began}};
}

DaemonProcess::~DaemonProcess()
{
    if (!is_running()) return;
    kill(id_, SIGKILL);
    waitpid(id_, &status_, 0);
}

bool DaemonProcess::is_running()
{
    if (id_ > 0 && waitpid(id_, &status_, WNOHANG) == id_) id_ = -1;
    return id_ > 0;
}

MemorySize DaemonProcess::memory() const
{
    MemorySize size;
    std::ifstream status{fmt::format("/proc/{}/status", id_)};
    std::string name;
    while (status >> name) {
        if (name == "VmRSS:")
            status >> size.resident_kib;
        else if (name == "RssAnon:")
            status >> size.own_kib;
        else if (name == "VmHWM:")
            status >> size.peak_kib;
    }
    return size;
}

std::chrono::nanoseconds DaemonProcess::processor_time() const
{
    clockid_t clock{};
    timespec used{};
    if (clock_getcpuclockid(id_, &clock) != 0 || clock_gettime(clock, &used) != 0) return {};
    return std::chrono::seconds{used.tv_sec} + std::chrono::nanoseconds{used.tv_nsec};
}

void DaemonProcess::ask_to_end()
{
    if (is_running()) kill(id_, SIGTERM);
}

std::string DaemonProcess::end_verdict()
{
    if (is_running()) {
        kill(id_, SIGKILL);
        waitpid(id_, &status_, 0);
        id_ = -1;
        return "the daemon did not end within six seconds after SIGTERM";
    }
    if (WIFEXITED(status_) && WEXITSTATUS(status_) == 0) return "";
    return WIFSIGNALED(status_) ? fmt::format("the daemon was ended by signal {}", WTERMSIG(status_))
                                : fmt::format("the daemon ended with status {}", WEXITSTATUS(status_));
}

std::string DaemonProcess::log_tail() const
{
    constexpr std::streamoff tail_size = 2'000;
    std::ifstream log{log_path_, std::ios::ate};
    const std::streamoff size = log.tellg();
    log.seekg(size > tail_size ? size - tail_size : 0);
    return {std::istreambuf_iterator<char>{log}, {}};
}

}  // namespace ackd::bench
