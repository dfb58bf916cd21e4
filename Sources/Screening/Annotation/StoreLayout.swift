public import Knowledge
internal import Model

/// What the fields of the stores mean for the screen: the roles are found by name, as those of a file's header are.
public struct StoreLayout: Sendable {
  /// One store's fields that play a role.
  struct Plan: Sendable {
    let kind: StoreMetadata.Kind
    var uses: [(field: Int, isText: Bool, use: AnnotationLayout.FactUse)]
    /// Frequencies of populations without a role, such as `kgp_AF_KHV`.
    var populations: [(field: Int, name: String)] = []
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
  ///   Nil for alleles of which no file tells.
  init(_ stores: [AlleleStore], beside annotation: AnnotationLayout?) {
    self.stores = stores
    var plans: [Plan] = []
    var roles: Set<AnnotationRole> = []
    var names = annotation?.useNames ?? []
    var databases = annotation?.databases.count ?? 0
    for store in stores {
      let fields = store.metadata.fields.map(Self.headerField)
      let header = VariantHeader(
        version: "4.2", info: Dictionary(fields.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }))
      let layout = AnnotationLayout(header: header)
      var plan = Plan(kind: store.metadata.kind, uses: [])
      for (place, field) in fields.enumerated() {
        for use in layout.uses(of: field.id) {
          if store.metadata.kind == .scores, annotation?.roles.contains(use.role) == true { continue }
          roles.insert(use.role)
          let shifted = use.shifted(databases: databases, names: names.count)
          plan.uses.append((place, store.metadata.fields[place].type == .text, shifted))
        }
      }
      if plan.kind == .frequency {
        plan.populations = store.metadata.fields.indices.compactMap { place in
          let field = store.metadata.fields[place]
          let isFrequency = field.name.lowercased().split(separator: "_").contains("af")
          let hasRole = plan.uses.contains { $0.field == place }
          return field.type == .float && isFrequency && !hasRole ? (place, field.name) : nil
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
  /// Longest insertion or deletion that a source would have told of: population databases call small variants of up to about 50
  /// bases (gnomAD, whose structural variants begin there).
  private static let longestIndel = 50

  /// Chromosomes that the source looked at over all of an allele that it does not have; nil where it did not look, does not say, or
  /// would not have told of such an allele.
  ///
  /// Sources tell changes of several bases one by one, and spell insertions and deletions of repeats in many ways: those are told
  /// absent only where the store and whoever asks moved them to the left alike.
  func numberLookedAt(
    _ contig: Contig, _ position: Int, _ reference: ArraySlice<UInt8>, _ alternate: ArraySlice<UInt8>,
    isLeftAligned: Bool
  ) -> Int? {
    guard let coverage else { return nil }
    let change = abs(reference.count - alternate.count)
    let isSubstitution = reference.count == 1 && alternate.count == 1
    let isIndel = min(reference.count, alternate.count) == 1 && (1...Self.longestIndel).contains(change)
    guard isSubstitution || isIndel && isLeftAligned && metadata.isLeftAligned else { return nil }
    return coverage.lowestNumber(in: Region(contig, position - 1, position - 1 + reference.count))
  }
}
