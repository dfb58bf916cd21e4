import Logging
import Model
import Reading
import Screening

extension RecordAnnotator {
  /// Where consequences of the file and of the gene model differ.
  private struct Differences: Mergeable {
    var rows: [String] = []
    var compared = 0
    var different = 0

    mutating func merge(_ later: Differences) {
      rows += later.rows
      compared += later.compared
      different += later.different
    }

    mutating func shift(by records: Int) {}
  }

  /// Lists on standard output each transcript of which file and gene model tell different worst terms.
  func compare(_ file: consuming sending VariantFile, session: Session) throws {
    print("chrom\tpos\tref\talt\ttranscript\tfile\trarescreen")
    let scanned: FileYield<Differences> = try foldRecords(
      of: file, plan: ReadPlan(), session: session,
      tools: { try caller() },
      drain: { (differences: inout Differences) in
        for row in differences.rows { print(row) }
        differences.rows.removeAll()
      },
      body: { tools, batch in
        let found = differences(in: batch, caller: tools.caller)
        try tools.reference?.check()
        return found
      })
    session.warn(scanned.warnings)
    let compared = scanned.yield?.compared ?? 0
    let different = scanned.yield?.different ?? 0
    session.logger.info("\(compared) consequences compared, \(compared - different) alike, \(different) different")
  }

  private func differences(in batch: VariantBatch, caller: ConsequenceCaller) -> Differences {
    var differences = Differences()
    for row in 0..<batch.count {
      guard let contig = batch.contigs[row] else { continue }
      let alleles = SpelledAlleles(of: row, in: batch)
      for allele in alleles.alternates {
        let told = layout.consequences(of: row, alternate: allele.number, in: batch)
        let effects = caller.effects(contig, batch.positions[row], alleles.reference, allele.bases)
        let comparison = ConsequenceComparison(told, with: effects, of: model)
        differences.compared += comparison.compared
        differences.different += comparison.disagreements.count
        for difference in comparison.disagreements {
          differences.rows.append(
            [
              batch.string(.chromosome, of: row), "\(batch.positions[row])",
              String(decoding: alleles.reference, as: UTF8.self), String(decoding: allele.bases, as: UTF8.self),
              difference.transcript, difference.theirs, difference.ours,
            ].joined(separator: "\t"))
        }
      }
    }
    return differences
  }
}
