internal import Model

/// Sorts the fields of a header into roles.
struct AnnotationFieldFinder {
  let mapped: [AnnotationRole: [String]]
  private(set) var databases: [String] = []
  private(set) var info: [AnnotationLayout.FieldUse] = []
  private(set) var subfields: [[(index: Int, use: AnnotationLayout.FieldUse)]] = []
  private var used: Set<String> = []

  init(mapped: [AnnotationRole: [String]]) {
    self.mapped = mapped
  }

  /// Mapped names that no field bears, sorted.
  var undefined: [String] {
    Set(mapped.values.joined()).subtracting(used).sorted()
  }

  mutating func add(info field: VariantHeader.Field) {
    let wanted = mapped.filter { $0.value.contains(field.id) }.keys.sorted { $0.rawValue < $1.rawValue }
    for role in wanted {
      used.insert(field.id)
      info.append(use(of: field.id, role: role, number: field.number))
    }
    guard wanted.isEmpty, field.type != .flag else { return }
    // What a store's field is says its description, whatever the laboratory calls the store.
    if let name = AnnotationFieldName(described: field) {
      if mapped[name.role] == nil { info.append(use(of: field.id, name: name, number: field.number)) }
      return
    }
    if let role = AnnotationFieldName.role(ofOther: field.id) {
      let isRawScore = role == .cadd && field.description.lowercased().contains("raw score")
      if mapped[role] == nil, !isRawScore { info.append(use(of: field.id, role: role, number: field.number)) }
      return
    }
    if let role = AnnotationFieldName.populationAliases[field.id.lowercased()] {
      if mapped[role] == nil { info.append(use(of: field.id, role: role, number: field.number)) }
      return
    }
    guard let name = AnnotationFieldName(population: field.id), mapped[name.role] == nil,
      name.isUnmistakable || AnnotationFieldName.describesDatabase(field.description)
    else { return }
    info.append(use(of: field.id, name: name, number: field.number))
  }

  mutating func add(subfieldsOf format: ConsequenceFormat) {
    var uses: [(index: Int, use: AnnotationLayout.FieldUse)] = []
    for (index, name) in format.names.enumerated() {
      let wanted = mapped.filter { $0.value.contains(name) || $0.value.contains("\(format.key)/\(name)") }
        .keys.sorted { $0.rawValue < $1.rawValue }
      for role in wanted {
        used.formUnion([name, "\(format.key)/\(name)"])
        uses.append((index, use(of: name, role: role, number: .count(1))))
      }
      guard wanted.isEmpty else { continue }
      if let role = AnnotationFieldName.role(ofOther: name) {
        if mapped[role] == nil { uses.append((index, use(of: name, role: role, number: .count(1)))) }
      } else if var read = AnnotationFieldName(population: name), mapped[read.role] == nil {
        // VEP writes 1000 Genomes' frequencies without a prefix: `AF`, `EUR_AF`; `AA_AF` and `EA_AF` are those of ESP.
        if read.database.isEmpty, read.role == .alleleFrequency {
          let isSequencingProject = read.group == .africanAmerican || read.group == .europeanAmerican
          read.database = isSequencingProject ? "esp" : "1000g"
        }
        uses.append((index, use(of: name, name: read, number: .count(1))))
      }
    }
    subfields.append(uses)
  }

  private mutating func use(
    of field: String, role: AnnotationRole, number: VariantHeader.Number
  ) -> AnnotationLayout.FieldUse {
    let name = AnnotationFieldName(population: field, isLenient: true)
    return AnnotationLayout.FieldUse(
      name: field, role: role, database: place(of: name?.database ?? ""),
      group: name?.role == role ? name?.group : nil, scope: .everywhere, number: number)
  }

  private mutating func use(
    of field: String, name: AnnotationFieldName, number: VariantHeader.Number
  ) -> AnnotationLayout.FieldUse {
    AnnotationLayout.FieldUse(
      name: field, role: name.role, database: place(of: name.database), group: name.group, scope: name.scope,
      number: number)
  }

  private mutating func place(of database: String) -> Int {
    if let place = databases.firstIndex(of: database) { return place }
    databases.append(database)
    return databases.count - 1
  }
}
