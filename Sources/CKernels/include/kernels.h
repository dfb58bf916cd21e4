#pragma once
#include <stddef.h>
#include <stdint.h>

/* Loops over bytes, built for several processors; the best that runs here is chosen when the program is loaded. Plain arrays
   in, bits out. Each has a plain twin in Swift, to which ReadingTests/KernelTests holds every build. */

/* Which build of the loops is in use. */
typedef enum { CK_BASELINE = 0, CK_AVX2 = 1, CK_AVX512 = 2 } ck_level;

/* The level in use; `ck_best` is the highest that this processor runs. */
ck_level ck_current(void);
ck_level ck_best(void);
/* Takes another level, unless the processor lacks it; to be called before any worker starts. */
int ck_choose(ck_level level);

/* Marks the bytes that structure VCF text: bit i % 64 of word i / 64 tells whether text[i] is a newline, a tab, a semicolon.
   Each array has (count + 63) / 64 words; bits behind `count` are 0. `text` may have any alignment. */
void ck_mark(const uint8_t *text, size_t count, uint64_t *newlines, uint64_t *tabs, uint64_t *semicolons);

/* The same by the loops of a level that this processor runs. */
void ck_mark_by(
    ck_level level, const uint8_t *text, size_t count, uint64_t *newlines, uint64_t *tabs, uint64_t *semicolons);
size_t ck_count_by(ck_level level, const uint64_t *bits, size_t from, size_t to);

/* Number of bits set from bit `from` up to but not `to`. */
size_t ck_count(const uint64_t *bits, size_t from, size_t to);

/* Ten to a power from 0 to 22: every one of them is exact as a double. */
static inline double ck_power_of_ten(int exponent) {
  static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  return powers[exponent];
}

/* Whether some bytes stand within a text. */
int ck_contains(const uint8_t *text, size_t count, const uint8_t *bytes, size_t size);

/* Places of the values below a limit, in order; room for `count` of them. Returns how many there are. */
size_t ck_below(const uint8_t *values, size_t count, uint8_t limit, int32_t *places);

/* A number of 64 bits that stands for some bytes; the same for the same bytes on every machine of this byte order. */
uint64_t ck_hash(const uint8_t *bytes, size_t count);
