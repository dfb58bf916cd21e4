public import Knowledge
internal import Model

/// What the fields of the stores mean for the screen: the roles are found by name, as those of a file's header are.
public struct StoreLayout: Sendable {
  /// One store's fields that play a role.
  struct Plan: Sendable {
    let kind: StoreMetadata.Kind
    var uses: [(field: Int, isText: Bool, use: AnnotationLayout.FactUse)]
    /// The counts and numbers of all, which an allele has that nobody carries: places in `uses`.
    var absence: (count: Int, number: Int)?
  }

  public let stores: [AlleleStore]
  let plans: [Plan]
  /// Roles that some store plays.
  let roles: Set<AnnotationRole>
  /// Names of all fields that play a role, those of the file the stores are used beside first.
  let names: [String]
  /// Population databases, those of the file included.
  let databaseCount: Int

  /// - Parameter annotation: what the file itself tells. Scores of a store count only where the file has none of their kind, so
  ///   that one tool speaks for all variants of a file.
  init(_ stores: [AlleleStore], beside annotation: AnnotationLayout) {
    self.stores = stores
    var plans: [Plan] = []
    var roles: Set<AnnotationRole> = []
    var names = annotation.useNames
    var databases = annotation.databases.count
    for store in stores {
      let fields = store.metadata.fields.map(Self.headerField)
      let header = VariantHeader(
        version: "4.2", info: Dictionary(fields.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }))
      let layout = AnnotationLayout(header: header)
      var plan = Plan(kind: store.metadata.kind, uses: [])
      for (place, field) in fields.enumerated() {
        for use in layout.uses(of: field.id) {
          if store.metadata.kind == .scores, annotation.roles.contains(use.role) { continue }
          roles.insert(use.role)
          let shifted = use.shifted(databases: databases, names: names.count)
          plan.uses.append((place, store.metadata.fields[place].type == .text, shifted))
        }
      }
      func whole(_ role: AnnotationRole) -> Int? {
        plan.uses.firstIndex { $0.use.role == role && $0.use.group == nil }
      }
      if let count = whole(.alleleCount), let number = whole(.alleleNumber) { plan.absence = (count, number) }
      plans.append(plan)
      databases += layout.databases.count
      names += layout.useNames
    }
    self.plans = plans
    self.roles = roles
    self.names = names
    databaseCount = databases
  }

  /// A field as the header of an annotated file declares it.
  static func headerField(_ field: StoreMetadata.Field) -> VariantHeader.Field {
    let type: VariantHeader.ValueType =
      switch field.type {
      case .integer: .integer
      case .float: .float
      case .text: .string
      }
    return VariantHeader.Field(id: field.name, number: .perAlternate, type: type, description: field.description)
  }
}

extension AnnotationLayout {
  /// What an INFO key is read for.
  func uses(of key: String) -> ArraySlice<FactUse> {
    keys.names.firstIndex(of: key).map { infoUses[keyUses[$0].uses] } ?? []
  }
}

extension AnnotationLayout.FactUse {
  /// The same use among those of several sources.
  func shifted(databases: Int, names: Int) -> Self {
    var use = self
    use.database += databases
    use.name += names
    return use
  }
}

extension AlleleStore {
  /// Chromosomes that the source looked at over all of a stretch, of which it does not have an allele; nil where it did not look,
  /// or does not say.
  ///
  /// - Parameters:
  ///   - first: 1-based.
  ///   - last: 1-based, inclusive.
  func numberLookedAt(_ contig: Contig, _ first: Int, _ last: Int) -> Int? {
    guard let coverage else { return nil }
    var lowest: Int?
    for position in [first, last] {
      guard case .covered(let number?) = coverage.answer(at: Locus(contig, position)) else { return nil }
      lowest = min(lowest ?? number, number)
    }
    return lowest
  }
}
