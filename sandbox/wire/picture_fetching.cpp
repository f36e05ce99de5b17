#include "sandbox/wire/picture_fetching.hpp"

#include <curl/curl.h>

#include <memory>

namespace sandbox {
namespace {

constexpr long milliseconds_max = 3'000;
constexpr std::size_t bytes_max = 2U << 20U;

std::size_t take(char* data, std::size_t, std::size_t count, void* target)
{
    auto& bytes = *static_cast<std::string*>(target);
    if (bytes.size() + count > bytes_max) return 0;
    bytes.append(data, count);
    return count;
}

}  // namespace

std::optional<Picture> fetch_picture(const std::string& url)
{
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> transfer{curl_easy_init(), curl_easy_cleanup};
    if (!transfer) return std::nullopt;
    Picture picture;
    curl_easy_setopt(transfer.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(transfer.get(), CURLOPT_PROTOCOLS_STR, "http");
    curl_easy_setopt(transfer.get(), CURLOPT_PROXY, "");
    curl_easy_setopt(transfer.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(transfer.get(), CURLOPT_TIMEOUT_MS, milliseconds_max);
    curl_easy_setopt(transfer.get(), CURLOPT_USERAGENT, "ackd-sandbox");
    curl_easy_setopt(transfer.get(), CURLOPT_WRITEFUNCTION, &take);
    curl_easy_setopt(transfer.get(), CURLOPT_WRITEDATA, &picture.bytes);
    if (curl_easy_perform(transfer.get()) != CURLE_OK) return std::nullopt;
    long status = 0;
    const char* content_type = nullptr;
    curl_easy_getinfo(transfer.get(), CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(transfer.get(), CURLINFO_CONTENT_TYPE, &content_type);
    picture.content_type = content_type == nullptr ? "" : content_type;
    const bool is_shown = picture.content_type == "image/png" || picture.content_type == "image/jpeg" ||
                          picture.content_type == "image/gif";
    if (status != 200 || !is_shown || picture.bytes.empty()) return std::nullopt;
    return picture;
}

}  // namespace sandbox
