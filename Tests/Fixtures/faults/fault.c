// A file system that fails: loaded before the C library (LD_PRELOAD), it lets calls on files whose path holds FAULT_PATH go wrong.
//
//   FAULT_CALL   open, read, write, fsync, rename or clock
//   FAULT_ERRNO  the error number of the failing calls; 0 makes reads and writes short: at most seven bytes a call
//   FAULT_AFTER  how many such calls go well before the first one fails (0)
//   FAULT_SECONDS  by how much the clock of the day is wrong from then on, where the call is `clock`
//
// Paths of descriptors are asked of /proc, so that it does not matter how a file was opened.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static atomic_long calls;

static int is_named(const char *path) {
  const char *part = getenv("FAULT_PATH");
  return part && path && strstr(path, part) != NULL;
}

static int is_meant(int descriptor) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_named(path);
}

static int is_call(const char *name) {
  const char *call = getenv("FAULT_CALL");
  return call && strcmp(call, name) == 0;
}

static int code(void) {
  const char *number = getenv("FAULT_ERRNO");
  return number ? atoi(number) : EIO;
}

// Whether this call is one of those that fail.
static int is_due(void) {
  const char *after = getenv("FAULT_AFTER");
  return atomic_fetch_add(&calls, 1) >= (after ? atol(after) : 0);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAIL(value) do { errno = code(); return value; } while (0)
// In a function with a descriptor and a size: fails, or makes the size small.
#define MAYBE(call)                                    \
  if (is_call(call) && is_meant(descriptor)) {         \
    if (code() == 0) size = size > 7 ? 7 : size;       \
    else if (is_due()) FAIL(-1);                       \
  }

ssize_t read(int descriptor, void *bytes, size_t size) {
  MAYBE("read");
  return NEXT(read)(descriptor, bytes, size);
}

ssize_t pread(int descriptor, void *bytes, size_t size, off_t offset) {
  MAYBE("read");
  return NEXT(pread)(descriptor, bytes, size, offset);
}

ssize_t pread64(int descriptor, void *bytes, size_t size, off64_t offset) {
  MAYBE("read");
  return NEXT(pread64)(descriptor, bytes, size, offset);
}

ssize_t write(int descriptor, const void *bytes, size_t size) {
  MAYBE("write");
  return NEXT(write)(descriptor, bytes, size);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t offset) {
  MAYBE("write");
  return NEXT(pwrite)(descriptor, bytes, size, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off64_t offset) {
  MAYBE("write");
  return NEXT(pwrite64)(descriptor, bytes, size, offset);
}

int fsync(int descriptor) {
  if (is_call("fsync") && is_meant(descriptor) && is_due()) FAIL(-1);
  return NEXT(fsync)(descriptor);
}

int rename(const char *from, const char *to) {
  if (is_call("rename") && is_named(to) && is_due()) FAIL(-1);
  return NEXT(rename)(from, to);
}

int open(const char *path, int flags, ...) {
  __builtin_va_list list;
  __builtin_va_start(list, flags);
  int mode = __builtin_va_arg(list, int);
  __builtin_va_end(list);
  if (is_call("open") && is_named(path) && is_due()) FAIL(-1);
  return NEXT(open)(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  __builtin_va_list list;
  __builtin_va_start(list, flags);
  int mode = __builtin_va_arg(list, int);
  __builtin_va_end(list);
  if (is_call("open") && is_named(path) && is_due()) FAIL(-1);
  return NEXT(open64)(path, flags, mode);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  int result = NEXT(clock_gettime)(clock, time);
  const char *seconds = getenv("FAULT_SECONDS");
  if (result == 0 && clock == CLOCK_REALTIME && is_call("clock") && seconds && is_due()) time->tv_sec += atol(seconds);
  return result;
}
