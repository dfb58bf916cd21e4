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
    let decoder = GenotypeCallDecoder(format: batch.bytes(.format, of: row))
    let count = batch.alternates(of: row).count + 1
    let isByGenotype = batch.bytes(.format, of: row).starts(with: "GT".utf8)
    for (sample, bytes) in samples.enumerated() {
      // Most samples do not carry a rare allele, which a look at GT tells.
      if isByGenotype, !Self.mayName(alternate, bytes.prefix { $0 != UInt8(ascii: ":") }) { continue }
      let call = decoder.call(from: bytes, alleleCount: count)
      guard call.alleles.contains(alternate) else { continue }
      add(call, alternate, sample)
    }
  }

  /// Whether a GT may name an allele; false only where it does not.
  private static func mayName(_ alternate: Int, _ genotype: ArraySlice<UInt8>) -> Bool {
    alternate > 9 || genotype.contains(UInt8(ascii: "0") + UInt8(alternate))
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
