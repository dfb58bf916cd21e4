import Knowledge
import Model
import TestSupport

/// A cohort in a folder of the test's own.
struct CohortFixture {
  let folder: TemporaryFolder
  var path: String { folder.file("cohort.sqlite") }

  init() throws { folder = try TemporaryFolder() }

  /// Adds people with what they carry, under the file checksum `digest`.
  @discardableResult
  func add(
    _ people: [Individual], _ carried: [Allele: [String: Carriage]] = [:], digest: String = "a",
    extent: CohortAddition.Extent = .wholeGenome, replaces: Bool = false, without samples: Set<String> = []
  ) throws -> [String: Int] {
    let writer = try CohortWriter(path: path, assembly: .grch38, patience: 1, now: "2026-01-01T00:00:00Z")
    let numbers = try writer.begin(
      CohortAddition(
        caseID: "case",
        members: people.map { .init($0, digest: samples.contains($0.id) ? nil : digest) }, extent: extent,
        replaces: replaces, date: "2026-01-01T00:00:00Z"))
    var batch = CohortBatch()
    for (allele, carriers) in carried {
      let known = carriers.compactMap { id, carriage in numbers[id].map { (person: $0, carriage: carriage) } }
      if !known.isEmpty { batch.add(allele, carriers: known.sorted { $0.person < $1.person }) }
    }
    try writer.add(batch)
    try writer.commit()
    return numbers
  }

  func remove(_ samples: [String]) throws {
    let writer = try CohortWriter(path: path, assembly: .grch38, patience: 1, now: "2026-01-02T00:00:00Z")
    try writer.remove(samples: samples)
    try writer.commit()
  }

  func counts(_ allele: Allele, excluding family: String? = nil) throws -> CohortCounts {
    try Cohort(path: path, assembly: .grch38).counts(of: [allele], excludingFamily: family)[0]
  }
}

extension CohortCounts {
  /// `AC/AN carriers hom hemi`, as the truth tables write it.
  var brief: String { "\(alleleCount)/\(alleleNumber) \(carriers) \(homozygotes) \(hemizygotes)" }
}

extension Individual {
  /// A member in few letters.
  static func person(
    _ id: String, _ family: String = "F", _ sex: Sex = .female, father: String? = nil, mother: String? = nil
  ) -> Individual {
    Individual(id: id, family: family, father: father, mother: mother, sex: sex, status: .unaffected)
  }
}
