// The limit: how fast a BGZF file can be inflated when nothing is done with its text.
//
// usage: inflate THREADS FILE
//
// Each thread takes about 1 MiB of whole blocks under one lock, inflates them with libdeflate into a buffer that stays in its
// cache, and checks CRC and length. Prints nothing; ends with 1 when a block is broken. SAM specification, section 4.1.

#include <fcntl.h>
#include <libdeflate.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TAKE = 1 << 20, BLOCK = 1 << 16, GROUP = 4 };

static int input;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
// What was read behind the last whole block, for the next thread.
static uint8_t rest[BLOCK];
static size_t rested;

static uint32_t little(const uint8_t *at, int bytes) {
  uint32_t value = 0;
  for (int i = bytes - 1; i >= 0; i--) value = value << 8 | at[i];
  return value;
}

static void broken(const char *what) {
  fprintf(stderr, "inflate: %s\n", what);
  exit(1);
}

// Length of the block at `at`, 0 when its head is not all there; `data` is where its deflate stream begins.
static size_t length(const uint8_t *at, size_t left, size_t *data) {
  if (left < 18) return 0;
  if (at[0] != 31 || at[1] != 139 || at[2] != 8 || !(at[3] & 4)) broken("no BGZF block where one should begin");
  size_t extra = little(at + 10, 2);
  if (left < 12 + extra) return 0;
  *data = 12 + extra;
  for (size_t i = 12; i + 6 <= 12 + extra; i += 4 + little(at + i + 2, 2))
    if (at[i] == 66 && at[i + 1] == 67) return little(at + i + 4, 2) + 1;
  broken("a gzip member without a BGZF length");
  return 0;
}

// Fills `buffer` with whole blocks; their bytes together, 0 at the end of the file.
static size_t take(uint8_t *buffer) {
  pthread_mutex_lock(&lock);
  size_t filled = rested;
  memcpy(buffer, rest, rested);
  while (filled < TAKE) {
    ssize_t got = read(input, buffer + filled, TAKE - filled);
    if (got < 0) broken("cannot read");
    if (got == 0) break;
    filled += (size_t)got;
  }
  size_t whole = 0, data;
  for (;;) {
    size_t next = length(buffer + whole, filled - whole, &data);
    if (next == 0 || whole + next > filled) break;
    whole += next;
  }
  if (whole == 0 && filled > 0) broken("the file ends inside a block");
  rested = filled - whole;
  memcpy(rest, buffer + whole, rested);
  pthread_mutex_unlock(&lock);
  return whole;
}

static void *work(void *unused) {
  (void)unused;
  uint8_t *packed = malloc(TAKE), *text = malloc((size_t)GROUP * BLOCK);
  struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
  if (!packed || !text || !inflater) broken("no memory");
  unsigned slot = 0;
  for (size_t filled; (filled = take(packed)) > 0;) {
    size_t data = 0;
    for (size_t at = 0, size; at < filled; at += size) {
      size = length(packed + at, filled - at, &data);
      if (size < data + 8) broken("a block says that it is too short");
      uint32_t crc = little(packed + at + size - 8, 4), bytes = little(packed + at + size - 4, 4);
      if (bytes > BLOCK) broken("a block says that it is too long");
      uint8_t *out = text + (size_t)(slot++ % GROUP) * BLOCK;
      if (libdeflate_deflate_decompress(inflater, packed + at + data, size - data - 8, out, bytes, NULL) != LIBDEFLATE_SUCCESS)
        broken("a block cannot be inflated");
      if (libdeflate_crc32(0, out, bytes) != crc) broken("a block has another CRC");
    }
  }
  return NULL;
}

int main(int count, char **words) {
  if (count == 2 && strcmp(words[1], "--version") == 0) return printf("libdeflate %s\n", LIBDEFLATE_VERSION_STRING) < 0;
  int threads = count == 3 ? atoi(words[1]) : 0;
  if (threads < 1 || threads > 64) broken("usage: inflate THREADS FILE");
  if ((input = open(words[2], O_RDONLY)) < 0) broken("cannot open the file");
  pthread_t workers[64];
  for (int i = 0; i < threads; i++)
    if (pthread_create(&workers[i], NULL, work, NULL)) broken("cannot start a thread");
  for (int i = 0; i < threads; i++) pthread_join(workers[i], NULL);
  return 0;
}
