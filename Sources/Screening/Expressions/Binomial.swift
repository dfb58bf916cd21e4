#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The two-sided binomial test against one half, as `binom()` of bcftools.
enum Binomial {
  /// Probability of a split at least as uneven as `one` against `other`; nil when both are 0.
  ///
  /// - Complexity: the smaller count.
  static func twoSided(_ one: Double, _ other: Double) -> Double? {
    let total = one + other
    guard total != 0, one >= 0, other >= 0, total.isFinite else { return nil }
    let least = min(one, other).rounded(.towardZero)
    // Terms of the lower tail from the largest down: each is the one before times k / (n - k + 1).
    let first = lgamma(total + 1) - lgamma(least + 1) - lgamma(total - least + 1) - total * 0.6931471805599453
    var term = 1.0
    var sum = 0.0
    var k = least
    while term > 1e-18 {
      sum += term
      if k == 0 { break }
      term *= k / (total - k + 1)
      k -= 1
    }
    return min(1, 2 * exp(first) * sum)
  }

  static func phred(_ probability: Double) -> Double { -4.34294481903 * log(probability) }
}
