// The non-template halves of Asio, of its TLS streams and of Beast, compiled here once (see CMakeLists.txt
// beside this).

#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
