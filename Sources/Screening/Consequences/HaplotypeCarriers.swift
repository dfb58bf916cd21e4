public import Model

/// A copy of a chromosome that a sample has, as far as phasing tells it from the other.
public struct Haplotype: Sendable, Hashable {
  /// Column of the sample, from 0.
  public var sample: Int
  /// 0 or 1.
  public var copy: Int
}

/// Which haplotypes carry an allele.
///
/// Homozygous and hemizygous carriers carry it whatever the phase. A heterozygous one tells a copy where the genotype is phased,
/// within its phase set (PS); GATK's PGT and PID do the same for an unphased GT. Genotypes phased without a set belong to one.
public struct HaplotypeCarriers: Sendable {
  /// A carrier with the phase set within which its copy is known; nil where the phase does not matter.
  public struct Carrier: Sendable, Hashable {
    public var haplotype: Haplotype
    public var phaseSet: String?
  }

  public private(set) var carriers: [Carrier] = []
  /// Samples that carry the allele on a copy that nobody knows.
  public private(set) var unphasedCount = 0

  /// Of an allele of which nobody asked who carries it.
  public static let unknown = HaplotypeCarriers()

  private init() {}

  /// - Parameter alternate: place of the allele in the ALT column, from 1.
  public init(of alternate: Int, row: Int, in batch: VariantBatch) {
    let samples = batch.samples(of: row)
    if samples.isEmpty { return }
    let format = batch.bytes(.format, of: row)
    let isPlain = format.starts(with: "GT".utf8) && !Self.hasPhysicalPhase(format)
    let count = batch.alternates(of: row).count + 1
    var decoder: GenotypeCallDecoder?
    for (sample, bytes) in samples.enumerated() {
      // Most samples do not carry a rare allele, or on a copy that nobody knows, which a look at GT tells.
      switch isPlain ? Self.glance(alternate, bytes) : nil {
      case .absent?: continue
      case .unphased?: unphasedCount += 1
      case nil:
        let known = decoder ?? GenotypeCallDecoder(format: format)
        decoder = known
        let call = known.call(from: bytes, alleleCount: count)
        if call.alleles.contains(alternate) { add(call, alternate, sample) }
      }
    }
  }

  /// Whether a FORMAT has PGT.
  private static func hasPhysicalPhase(_ format: ArraySlice<UInt8>) -> Bool {
    var last: (UInt8, UInt8) = (0, 0)
    for byte in format {
      if byte == UInt8(ascii: "T"), last == (UInt8(ascii: "P"), UInt8(ascii: "G")) { return true }
      last = (last.1, byte)
    }
    return false
  }

  private enum Glance {
    case absent, unphased
  }

  /// What a sample that begins with GT and has no PGT tells at a glance: two alleles of one digit with `/` between; nil for any other.
  private static func glance(_ alternate: Int, _ sample: ArraySlice<UInt8>) -> Glance? {
    let start = sample.startIndex
    guard sample.count >= 3, sample.count == 3 || sample[start + 3] == UInt8(ascii: ":"),
      sample[start + 1] == UInt8(ascii: "/"), alternate < 10
    else { return nil }
    let digit = UInt8(ascii: "0") + UInt8(alternate)
    let (left, right) = (sample[start] == digit, sample[start + 2] == digit)
    if left != right { return .unphased }
    return left ? nil : .absent
  }

  private mutating func add(_ call: GenotypeCall, _ alternate: Int, _ sample: Int) {
    if call.alleles.allSatisfy({ $0 == alternate }) {
      for copy in 0..<min(2, call.alleles.count) { add(sample, copy, nil) }
      return
    }
    guard let (copy, set) = call.side(of: alternate) else {
      unphasedCount += 1
      return
    }
    add(sample, copy, set ?? "")
  }

  private mutating func add(_ sample: Int, _ copy: Int, _ phaseSet: String?) {
    carriers.append(Carrier(haplotype: Haplotype(sample: sample, copy: copy), phaseSet: phaseSet))
  }
}
