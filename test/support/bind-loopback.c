/* Preloaded into a program that has no setting for it: what it would listen on everywhere, it
 * listens on at loopback alone. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

typedef int (*bind_function)(int, const struct sockaddr *, socklen_t);

int bind(int socket_fd, const struct sockaddr *address, socklen_t length) {
  bind_function next = (bind_function)dlsym(RTLD_NEXT, "bind");
  struct sockaddr_storage local;
  if (next == NULL) return -1;
  if (address == NULL || length > sizeof local) return next(socket_fd, address, length);
  memcpy(&local, address, length);
  if (local.ss_family == AF_INET) {
    struct in_addr *host = &((struct sockaddr_in *)&local)->sin_addr;
    if (host->s_addr == htonl(INADDR_ANY)) host->s_addr = htonl(INADDR_LOOPBACK);
  } else if (local.ss_family == AF_INET6) {
    struct in6_addr *host = &((struct sockaddr_in6 *)&local)->sin6_addr;
    if (IN6_IS_ADDR_UNSPECIFIED(host)) *host = in6addr_loopback;
  }
  return next(socket_fd, (const struct sockaddr *)&local, length);
}
