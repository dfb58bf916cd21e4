internal import GRDB
import Model

/// Regions as the database keeps them: one line a region, `contig start end`, 0-based, half-open.
enum CohortRegions {
  static func text(of regions: RegionSet) -> String {
    regions.regions.map { "\($0.contig.rawValue) \($0.start) \($0.end)" }.joined(separator: "\n")
  }

  /// Nil for a text that `text(of:)` did not make.
  static func regions(of text: String) -> RegionSet? {
    var regions: [Region] = []
    for line in text.split(separator: "\n") {
      let numbers = line.split(separator: " ").map { Int($0) }
      guard numbers.count == 3, let number = numbers[0], let start = numbers[1], let end = numbers[2],
        let contig = UInt8(exactly: number).flatMap({ Contig(rawValue: $0) }), start >= 0, start < end,
        end <= Int(Int32.max)
      else { return nil }
      regions.append(Region(contig, start, end))
    }
    return RegionSet(regions)
  }
}

/// Everybody who is in the cohort with a sample, and where each was looked at: small enough to be held in memory.
struct CohortRoster: Sendable {
  struct Member: Sendable {
    var sample: CohortSample
    var regions: Int?
    /// Number of the family, from 0.
    var family: Int
  }

  /// Members who were looked at in the same regions and have the same sex.
  struct Group: Hashable {
    var regions: Int?
    var sex: Sex

    init(_ member: Member) {
      regions = member.regions
      sex = member.sample.sex
    }
  }

  struct Strength {
    var members = 0
    /// Of them, those who count for frequencies.
    var counted = 0

    mutating func add(_ member: Member, times: Int = 1) {
      members += times
      if member.sample.isCounted { counted += times }
    }
  }

  let assembly: Assembly
  let summary: CohortSummary
  /// By the number under which blocks know them.
  let members: [Int: Member]
  let regions: [Int: RegionSet]
  /// Numbers of the members by family.
  let families: [String: [Int]]
  /// Family of each sample.
  let familyOf: [String: String]
  let groups: [Group: Strength]

  init(_ db: Database, _ database: CohortDatabase) throws {
    assembly = try database.assembly(in: db)
    var names: [Int: String] = [:]
    var regions: [Int: RegionSet] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT id, name, extent FROM regions") {
      let (id, name): (Int, String) = (try row.decode(forColumn: "id"), try row.decode(forColumn: "name"))
      guard let found = CohortRegions.regions(of: try row.decode(forColumn: "extent")) else {
        throw database.error(.damaged("the regions \(name) cannot be read"))
      }
      (names[id], regions[id]) = (name, found)
    }
    self.regions = regions
    var members: [Int: Member] = [:]
    var numbers: [String: Int] = [:]
    var families: [String: [Int]] = [:]
    var familyOf: [String: String] = [:]
    var groups: [Group: Strength] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT * FROM people WHERE digest IS NOT NULL ORDER BY id") {
      let (family, region): (String, Int?) = (try row.decode(forColumn: "family"), try row.decode(forColumn: "regions"))
      let name: String = try row.decode(forColumn: "name")
      // Whoever lost either would be counted elsewhere, or nowhere, in silence.
      guard let sex = Sex(rawValue: try row.decode(forColumn: "sex")),
        let status = AffectedStatus(rawValue: try row.decode(forColumn: "status")),
        region.map({ names[$0] != nil }) ?? true
      else { throw database.error(.damaged("sex, status or regions of \(name) cannot be read")) }
      let number = numbers[family] ?? numbers.count
      numbers[family] = number
      let member = Member(
        sample: CohortSample(
          sample: name, family: family, sex: sex, status: status,
          isCounted: try row.decode(forColumn: "counted"),
          regions: region.flatMap { names[$0] }, digest: try row.decode(forColumn: "digest"),
          added: try row.decode(forColumn: "added")),
        regions: region, family: number)
      let id: Int = try row.decode(forColumn: "id")
      members[id] = member
      families[family, default: []].append(id)
      familyOf[name] = family
      groups[Group(member), default: Strength()].add(member)
    }
    self.members = members
    self.families = families
    self.familyOf = familyOf
    self.groups = groups
    summary = try CohortSummary(db, database)
  }
}

extension CohortSummary {
  /// Counts without looking at anybody.
  init(_ db: Database, _ database: CohortDatabase) throws {
    let state = try Row.fetchOne(
      db,
      sql: """
        SELECT generation, changed, (SELECT COUNT(*) FROM people WHERE digest IS NOT NULL) AS samples,
          (SELECT COUNT(DISTINCT family) FROM people WHERE digest IS NOT NULL) AS families FROM cohort
        """)
    guard let state else { throw database.error(.damaged("its state is not told")) }
    self.init(
      assembly: try database.assembly(in: db), samples: try state.decode(forColumn: "samples"),
      families: try state.decode(forColumn: "families"), generation: try state.decode(forColumn: "generation"),
      changed: try state.decode(forColumn: "changed"))
  }
}

/// Turns the carriers of an allele into counts, with the members of the family that asks left out.
struct CohortTally {
  private let roster: CohortRoster
  private let excluded: Set<String>
  private var people: [CohortRoster.Group: CohortRoster.Strength]

  /// - Parameter samples: people of the case, whose families are left out by whatever name the cohort knows them.
  init(_ roster: CohortRoster, excludingFamily family: String?, of samples: Set<String>) {
    excluded = Set(samples.compactMap { roster.familyOf[$0] } + [family].compactMap { $0 })
    self.roster = roster
    people = roster.groups
    for member in excluded.flatMap({ roster.families[$0] ?? [] }).compactMap({ roster.members[$0] }) {
      people[CohortRoster.Group(member), default: CohortRoster.Strength()].add(member, times: -1)
    }
  }

  /// - Parameter carriers: as the blocks have them; a person whom the roster does not know has left the cohort.
  func counts(of allele: Allele, carriers: [(person: Int, carriage: Carriage)]) -> CohortCounts {
    let copies = [Sex.male, .female, .unknown].reduce(into: [:]) { $0[$1] = self.copies(of: allele, in: $1) }
    let covering = Set(roster.regions.filter { $0.value.overlaps(allele.region) }.keys)
    func isLookedAt(_ regions: Int?) -> Bool { regions.map { covering.contains($0) } ?? true }
    let isSexLinked = roster.assembly.isSexLinked(allele.locus)

    var counts = CohortCounts()
    for (group, number) in people where isLookedAt(group.regions) {
      guard let copies = copies[group.sex] ?? nil else { continue }
      if copies > 0 { counts.samples += number.members }
      counts.alleleNumber += copies * number.counted
      if isSexLinked, group.sex == .male { counts.maleAlleleNumber += copies * number.counted }
    }
    var families: Set<Int> = []
    for (person, carriage) in carriers {
      guard let member = roster.members[person], !excluded.contains(member.sample.family) else { continue }
      if carriage.isCarrier {
        counts.carriers += 1
        families.insert(member.family)
        if carriage == .homozygous { counts.homozygotes += 1 }
        if carriage == .hemizygous { counts.hemizygotes += 1 }
      }
      // A call beside the regions is no sample of them.
      guard isLookedAt(member.regions), let copies = copies[member.sample.sex] ?? nil, copies > 0 else { continue }
      if carriage == .missing { counts.samples -= 1 }
      guard member.sample.isCounted else { continue }
      let carried = carriage == .missing ? 0 : carriage == .homozygous ? copies : 1
      let called = carriage == .missing ? 0 : carriage == .partial ? 1 : copies
      counts.alleleCount += carried
      counts.alleleNumber += called - copies
      if isSexLinked, member.sample.sex == .male {
        counts.maleAlleleCount += carried
        counts.maleAlleleNumber += called - copies
      }
    }
    counts.families = families.count
    return counts
  }

  /// Nil where nobody can tell: X and Y of somebody whose sex is not known.
  private func copies(of allele: Allele, in sex: Sex) -> Int? {
    if sex == .unknown, roster.assembly.isSexLinked(allele.locus) { return nil }
    return switch ExpectedCopies(at: allele.locus, sex: sex, assembly: roster.assembly) {
    case .none: 0
    case .one: 1
    case .two: 2
    }
  }
}
