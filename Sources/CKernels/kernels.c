#define _GNU_SOURCE /* memmem */
#include "kernels.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

typedef void mark_function(const uint8_t *, size_t, uint64_t *, uint64_t *, uint64_t *);
typedef size_t count_function(const uint64_t *, size_t, size_t);

/* The body of every build of `ck_count`; the instruction behind __builtin_popcountll is what differs. */
static inline __attribute__((always_inline)) size_t count_bits(const uint64_t *bits, size_t from, size_t to) {
  if (from >= to) return 0;
  size_t first = from / 64, last = (to - 1) / 64;
  uint64_t head = ~(uint64_t)0 << (from % 64), tail = ~(uint64_t)0 >> (63 - (to - 1) % 64);
  if (first == last) return (size_t)__builtin_popcountll(bits[first] & head & tail);
  size_t count = (size_t)__builtin_popcountll(bits[first] & head);
  for (size_t word = first + 1; word < last; word++) count += (size_t)__builtin_popcountll(bits[word]);
  return count + (size_t)__builtin_popcountll(bits[last] & tail);
}

static size_t count_baseline(const uint64_t *bits, size_t from, size_t to) { return count_bits(bits, from, to); }

/* The last, incomplete word, byte by byte. */
static inline void mark_rest(
    const uint8_t *text, size_t count, uint64_t *newlines, uint64_t *tabs, uint64_t *semicolons) {
  size_t word = count / 64;
  if (word * 64 == count) return;
  uint64_t n = 0, t = 0, s = 0;
  for (size_t i = word * 64; i < count; i++) {
    uint64_t bit = (uint64_t)1 << (i % 64);
    if (text[i] == '\n') n |= bit;
    if (text[i] == '\t') t |= bit;
    if (text[i] == ';') s |= bit;
  }
  newlines[word] = n;
  tabs[word] = t;
  semicolons[word] = s;
}

#if defined(__x86_64__)

static inline uint64_t equal_sse2(const __m128i *bytes, char wanted) {
  const __m128i pattern = _mm_set1_epi8(wanted);
  uint64_t bits = 0;
  for (int i = 0; i < 4; i++)
    bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes[i], pattern)) << (16 * i);
  return bits;
}

static void mark_baseline(
    const uint8_t *text, size_t count, uint64_t *newlines, uint64_t *tabs, uint64_t *semicolons) {
  for (size_t word = 0; word < count / 64; word++) {
    __m128i bytes[4];
    for (int i = 0; i < 4; i++) bytes[i] = _mm_loadu_si128((const __m128i *)(text + 64 * word) + i);
    newlines[word] = equal_sse2(bytes, '\n');
    tabs[word] = equal_sse2(bytes, '\t');
    semicolons[word] = equal_sse2(bytes, ';');
  }
  mark_rest(text, count, newlines, tabs, semicolons);
}

__attribute__((target("avx2"))) static void mark_avx2(
    const uint8_t *text, size_t count, uint64_t *newlines, uint64_t *tabs, uint64_t *semicolons) {
  const __m256i newline = _mm256_set1_epi8('\n'), tab = _mm256_set1_epi8('\t'), semicolon = _mm256_set1_epi8(';');
  for (size_t word = 0; word < count / 64; word++) {
    const __m256i low = _mm256_loadu_si256((const __m256i *)(text + 64 * word));
    const __m256i high = _mm256_loadu_si256((const __m256i *)(text + 64 * word) + 1);
#define EQUAL(pattern)                                                                \
  ((uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, pattern)) |        \
   (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, pattern)) << 32)
    newlines[word] = EQUAL(newline);
    tabs[word] = EQUAL(tab);
    semicolons[word] = EQUAL(semicolon);
#undef EQUAL
  }
  mark_rest(text, count, newlines, tabs, semicolons);
}

__attribute__((target("avx512bw"))) static void mark_avx512(
    const uint8_t *text, size_t count, uint64_t *newlines, uint64_t *tabs, uint64_t *semicolons) {
  const __m512i newline = _mm512_set1_epi8('\n'), tab = _mm512_set1_epi8('\t'), semicolon = _mm512_set1_epi8(';');
  for (size_t word = 0; word < count / 64; word++) {
    const __m512i bytes = _mm512_loadu_si512(text + 64 * word);
    newlines[word] = _mm512_cmpeq_epi8_mask(bytes, newline);
    tabs[word] = _mm512_cmpeq_epi8_mask(bytes, tab);
    semicolons[word] = _mm512_cmpeq_epi8_mask(bytes, semicolon);
  }
  mark_rest(text, count, newlines, tabs, semicolons);
}

__attribute__((target("popcnt"))) static size_t count_popcnt(const uint64_t *bits, size_t from, size_t to) {
  return count_bits(bits, from, to);
}

#else

/* Elsewhere (NEON and others) the compiler makes vector code of the plain loop. */
static void mark_baseline(
    const uint8_t *text, size_t count, uint64_t *newlines, uint64_t *tabs, uint64_t *semicolons) {
  for (size_t word = 0; word < count / 64; word++) {
    uint64_t n = 0, t = 0, s = 0;
    for (int i = 0; i < 64; i++) {
      uint8_t byte = text[64 * word + i];
      n |= (uint64_t)(byte == '\n') << i;
      t |= (uint64_t)(byte == '\t') << i;
      s |= (uint64_t)(byte == ';') << i;
    }
    newlines[word] = n;
    tabs[word] = t;
    semicolons[word] = s;
  }
  mark_rest(text, count, newlines, tabs, semicolons);
}

#endif

static ck_level current = CK_BASELINE;
static mark_function *mark = mark_baseline;
static count_function *count = count_baseline;

ck_level ck_best(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512bw")) return CK_AVX512;
  if (__builtin_cpu_supports("avx2")) return CK_AVX2;
#endif
  return CK_BASELINE;
}

static mark_function *mark_of(ck_level level) {
#if defined(__x86_64__)
  if (level == CK_AVX512) return mark_avx512;
  if (level == CK_AVX2) return mark_avx2;
#endif
  return mark_baseline;
}

static count_function *count_of(ck_level level) {
#if defined(__x86_64__)
  if (level >= CK_AVX2) return count_popcnt; /* Every processor with AVX2 has it. */
#endif
  return count_baseline;
}

int ck_choose(ck_level level) {
  if (level > ck_best()) return 0;
  current = level;
  mark = mark_of(level);
  count = count_of(level);
  return 1;
}

void ck_mark_by(
    ck_level level, const uint8_t *text, size_t size, uint64_t *newlines, uint64_t *tabs, uint64_t *semicolons) {
  mark_of(level)(text, size, newlines, tabs, semicolons);
}

size_t ck_count_by(ck_level level, const uint64_t *bits, size_t from, size_t to) {
  return count_of(level)(bits, from, to);
}

ck_level ck_current(void) { return current; }

__attribute__((constructor)) static void choose_at_load(void) { ck_choose(ck_best()); }

void ck_mark(const uint8_t *text, size_t count, uint64_t *newlines, uint64_t *tabs, uint64_t *semicolons) {
  mark(text, count, newlines, tabs, semicolons);
}

size_t ck_count(const uint64_t *bits, size_t from, size_t to) { return count(bits, from, to); }

int ck_contains(const uint8_t *text, size_t count, const uint8_t *bytes, size_t size) {
  return memmem(text, count, bytes, size) != NULL;
}

size_t ck_below(const uint8_t *values, size_t count, uint8_t limit, int32_t *places) {
  size_t found = 0;
  size_t start = 0;
  /* Most reads have few weak bases: whole blocks are passed over by one comparison a lane. */
  for (; start + 32 <= count; start += 32) {
    uint8_t any = 0;
    for (size_t i = 0; i < 32; i++) any |= values[start + i] < limit;
    if (!any) continue;
    for (size_t i = start; i < start + 32; i++) {
      places[found] = (int32_t)i;
      found += values[i] < limit;
    }
  }
  for (size_t i = start; i < count; i++) {
    places[found] = (int32_t)i;
    found += values[i] < limit;
  }
  return found;
}

uint64_t ck_hash(const uint8_t *bytes, size_t count) {
  /* Rounds of multiplication by an odd constant and folding, as in splitmix64's finaliser. */
  uint64_t hash = 0x9e3779b97f4a7c15ull ^ count;
  for (size_t start = 0; start < count; start += 8) {
    uint64_t word = 0;
    size_t left = count - start;
    memcpy(&word, bytes + start, left < 8 ? left : 8);
    hash = (hash ^ word) * 0xbf58476d1ce4e5b9ull;
    hash ^= hash >> 29;
  }
  hash *= 0x94d049bb133111ebull;
  return hash ^ hash >> 31;
}
