import Foundation
import Model

/// The numbers of the phenotype score, in points of the ledger (one point is a factor of 2.0797 in odds).
///
/// Fitted as a conditional logit on the half of the genes of phenopacket-store that is for tuning, with the annotations as they
/// are and with each case's own publication left out; how it was done, and what was tried and dropped, is in
/// Benchmarks/phenotype.md. The rules of LIRICAL (Robinson et al. 2020, doi:10.1016/j.ajhg.2020.06.021) are where it began.
enum PhenotypeRules {
  /// Added to every likelihood ratio: a feature that has nothing to do with the disease, or a term that was chosen badly.
  static let noise = 0.5
  /// A term is this much less likely for each step that it is narrower than what is annotated, beyond its share in that.
  static let stepShare = 0.3
  /// Broader terms whose ratio cannot reach this are not looked at.
  static let leastRatio = 0.01
  /// Terms speak for each other: their sum is divided by their number, as far as they are independent, to this power.
  static let crowding = 0.75
  static let termWeight = 1.95
  /// Points for a nat of information that a disease's features share with the patient's, times ln of the number of terms.
  static let coverageWeight = 0.52
  /// Points for each e-fold in the number of features that patients of the disease have.
  static let sizeWeight = -0.51
  /// A girl with a disease that only boys have.
  static let femaleWithXLinkedRecessive = -3.0
  /// Looked for and not found, in the patient as in patients with the disease; divided by the number of excluded terms, three at
  /// least, to the power of `crowding`.
  static let sharedAbsence = 6.1
  static let fewestExcluded = 3.0
  /// Not found in the patient, though nearly everybody with the disease has it.
  static let missingCharacteristic = -0.5
  /// The onset is within the classes that are annotated, or more than one class away from them (clinical specification 7.4).
  static let onsetFits = 1.0
  static let onsetFar = -1.0

  /// Natural logarithm of the odds of one point.
  static let natsPerPoint = log(PointsLedger.oddsPerPoint)
}
