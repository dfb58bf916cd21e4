public import Model

/// Why a screen of a case gives no result.
public struct ScreenError: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// Small variants of the nuclear genome without any consequence annotation; `file` is the number of the input.
    case noConsequenceSource(file: Int)
    /// Not one record lies in a gene or region of the panels.
    case nothingInPanels(records: Int, panels: [String], assembly: Assembly)
    /// REF of a record is not what the reference FASTA has there; `file` is the number of the input.
    case referenceMismatch(file: Int, locus: Locus, found: String, expected: String)
    /// The program's own count does not add up.
    case ledgerImbalance(records: Int, alleles: Int)
  }

  public var reason: Reason

  public init(_ reason: Reason) {
    self.reason = reason
  }
}

extension ScreenError: CustomStringConvertible {
  public var description: String {
    switch reason {
    case .noConsequenceSource:
      "the header declares no consequence annotation (CSQ, ANN or BCSQ), so nobody can tell which variants alter a gene; "
        + "give the FASTA of the reference genome (--reference, or reference: in the case file), by which consequences are told "
        + "here, or a file that VEP, SnpEff or bcftools csq annotated"
    case .nothingInPanels(let records, let panels, let assembly):
      "none of the \(records) records lies in a gene of \(panels.joined(separator: ", ")) on \(assembly); "
        + "check that the file and the case name the same build and that the panel is the one meant"
    case .referenceMismatch(_, let locus, let found, let expected):
      "the record at \(locus) has REF \(found) where the reference FASTA has \(expected); give the FASTA that the variants were "
        + "called on, or --no-ref-check to go on all the same"
    case .ledgerImbalance(let records, let alleles):
      "the count of records does not add up (\(records) records, \(alleles) alleles unaccounted for): this is a defect in "
        + "rarescreen, please report it with the command line"
    }
  }
}
