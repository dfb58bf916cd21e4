import Foundation
import Model
import Reading
import Screening
import TestSupport

/// slivar's test trio, HG002 and parents on chromosomes 1 and 2, read by our reader and judged by our genotype reader.
struct RealTrio {
  /// One record, which has one alternate allele, with the genotypes of child, father and mother.
  struct Record {
    /// `1-65797-T-C`.
    var name: String
    var allele: Allele
    var genotypes: [Genotype]

    var child: Genotype { genotypes[0] }
    var father: Genotype { genotypes[1] }
    var mother: Genotype { genotypes[2] }
  }

  static let path = RealData.path("families/slivar/ashk-trio.vcf.gz")

  /// The PED that comes with the file calls the parents' status unknown; they are healthy.
  static let pedigree = Pedigree([
    Individual(id: "HG002", family: "ash", father: "HG003", mother: "HG004", sex: .male, status: .affected),
    Individual(id: "HG003", family: "ash", sex: .male, status: .unaffected),
    Individual(id: "HG004", family: "ash", sex: .female, status: .unaffected),
  ])

  var records: [Record] = []

  init() throws {
    let reader = GenotypeReader(assembly: .grch37, settings: Settings())
    let file = try WholeFile(Self.path)
    let columns = try Self.pedigree.individuals.map { individual in
      guard let column = file.header.samples.firstIndex(of: individual.id) else { throw Missing(sample: individual.id) }
      return column
    }
    for batch in file.batches {
      for row in 0..<batch.count {
        guard let contig = batch.contigs[row] else { continue }
        let alternates = batch.alternates(of: row).map { String(decoding: $0, as: UTF8.self) }
        let locus = Locus(contig, batch.positions[row])
        let decoder = GenotypeCallDecoder(format: batch.bytes(.format, of: row))
        let samples = batch.samples(of: row)
        let genotypes = zip(Self.pedigree.individuals, columns).map { individual, column in
          reader.genotype(
            of: decoder.call(from: samples[column], alleleCount: alternates.count + 1), alternate: 1,
            among: alternates, at: locus, for: individual, phaseScope: "trio")
        }
        let reference = batch.string(.reference, of: row)
        records.append(
          Record(
            name: "\(contig)-\(locus.position)-\(reference)-\(alternates[0])",
            allele: Allele(contig, locus.position, reference, alternates[0]), genotypes: genotypes))
      }
    }
  }

  struct Missing: Error {
    var sample: String
  }

  /// What `bcftools view -i` keeps, in the names of our records.
  static func bcftools(_ expression: String) throws -> [String] {
    let line = "bcftools query -i \"$EXPRESSION\" -f '%CHROM-%POS-%REF-%ALT\\n' \"$TRIO\""
    let outcome = try Program.shell(line, environment: ["EXPRESSION": expression, "TRIO": path])
    guard outcome.status == 0 else { throw Refused(text: outcome.text) }
    return outcome.stdout.split(separator: "\n").map(String.init)
  }

  struct Refused: Error {
    var text: String
  }

  static let hasBCFtools = (try? Program.shell("command -v bcftools").status) == 0
}
