// The coroutines of the adapters. All of them run on the one thread of an adapter's io_context, so nothing
// here needs a lock. Errors of awaited operations are values (`no_throw`): a closed socket is an ordinary
// day.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace ackd {

namespace asio = boost::asio;
using boost::system::error_code;

using IoExecutor = asio::io_context::executor_type;

template <class T>
using Task = asio::awaitable<T, IoExecutor>;

inline constexpr asio::use_awaitable_t<IoExecutor> use_task;
inline constexpr auto no_throw = asio::as_tuple(use_task);

}  // namespace ackd
