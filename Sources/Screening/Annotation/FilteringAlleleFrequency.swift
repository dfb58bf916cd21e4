internal import Foundation

/// The filtering allele frequency: the frequency at which so many copies would be seen with a probability of 5 %.
///
/// The true frequency lies above this figure with 95 % confidence, so a variant whose filtering frequency is above what a
/// disease allows is too common whatever the size of the sample. Source: Whiffin et al. 2017 (doi:10.1038/gim.2017.26) and
/// gnomAD's `faf95`: P(X >= count | Poisson(frequency * number)) = 0.05.
///
///     filteringAlleleFrequency(count: 1, number: 1_000)  // 5.13e-5
///     filteringAlleleFrequency(count: 0, number: 1_000)  // 0
///
/// - Complexity: O(√count) for counts up to 1,000, constant above.
/// - Returns: a fraction 0…1, or nil when `number` is not positive or `count` is not within it.
public func filteringAlleleFrequency(count: Int, number: Int) -> Double? {
  guard number > 0, (0...number).contains(count) else { return nil }
  guard count > 0 else { return 0 }
  let copies = Double(count)
  // Wilson and Hilferty's approximation of the 5 % point of a gamma distribution; relative error < 1e-6 above 1,000 copies.
  let normalPoint = -1.6448536269514722
  let root = 1 - 1 / (9 * copies) + normalPoint / (3 * copies.squareRoot())
  var mean = copies * root * root * root
  if count <= 1_000 {
    // Newton's method on the upper tail, whose derivative is the probability of `count - 1`.
    let logFactorial = logFactorials[count]
    for _ in 0..<12 {
      let lastTerm = exp(-mean + copies * log(mean) - logFactorial)
      let step = (lastTerm * upperTailFactor(copies, mean) - 0.05) / (lastTerm * copies / mean)
      mean = max(mean - step, mean / 4)
      if abs(step) < mean * 1e-12 { break }
    }
  }
  return mean / Double(number)
}

/// Logarithms of 0! … 1,000!.
private let logFactorials: [Double] = (1...1_000).reduce(into: [0.0]) { $0.append($0[$0.count - 1] + log(Double($1))) }

/// P(X >= k) of a Poisson distribution divided by P(X = k): 1 + m/(k+1) + m²/((k+1)(k+2)) + …
private func upperTailFactor(_ copies: Double, _ mean: Double) -> Double {
  var term = 1.0
  var sum = 1.0
  var next = copies
  while term > sum * 1e-16 {
    next += 1
    term *= mean / next
    sum += term
  }
  return sum
}
