import Model

/// A pedigree whose words were understood, with the place of each person for later messages.
struct CheckedPedigree: Sendable {
  var individuals: [Individual] = []
  var places: [String: SourcePlace] = [:]
  var warnings: [Wording] = []
}

/// Turns a written pedigree into individuals and finds all that cannot be: people twice, circles, parents of the wrong sex.
struct PedigreeCheck {
  private let dialect: PedigreeDialect
  private var list: FaultList
  private var checked = CheckedPedigree()
  private var rows: [WrittenIndividual] = []
  private var index: [String: Int] = [:]

  /// - Parameter family: family id of people whose source gives none.
  static func check(
    _ written: [WrittenIndividual], dialect: PedigreeDialect, family: String
  ) -> (pedigree: CheckedPedigree, faults: [CaseFault]) {
    var check = PedigreeCheck(dialect: dialect, list: FaultList(dialect == .family ? .malformedCase : .malformedInput))
    check.addIndividuals(written, family: family)
    check.checkParents()
    check.inferSexOfParents()
    check.checkDescent()
    return (check.checked, check.list.faults)
  }

  private init(dialect: PedigreeDialect, list: FaultList) {
    self.dialect = dialect
    self.list = list
  }

  private mutating func addIndividuals(_ written: [WrittenIndividual], family: String) {
    for row in written {
      if let first = index[row.id.value] {
        list.add(.pedigree(.duplicatePerson(row.id.value, first: rows[first].id.place)), at: row.id.place)
        continue
      }
      let sexWord = row.sex?.value ?? ""
      let statusWord = row.affected?.value ?? ""
      let sex = dialect.sex(of: sexWord)
      let status = dialect.status(of: statusWord)
      if sex == nil, let place = row.sex?.place { unknown(sexWord, "sex", PedigreeDialect.sexWords, at: place) }
      if status == nil, let place = row.affected?.place {
        unknown(statusWord, dialect == .ped ? "phenotype" : "affected", dialect.statusWords, at: place)
      }
      index[row.id.value] = rows.count
      rows.append(row)
      checked.places[row.id.value] = row.id.place
      checked.individuals.append(
        Individual(
          id: row.id.value, family: row.family?.value ?? family, father: row.father?.value, mother: row.mother?.value,
          sex: sex ?? .unknown, status: status ?? .unknown))
    }
  }

  private mutating func unknown(_ word: String, _ key: String, _ allowed: [String], at place: SourcePlace) {
    let near = word.allSatisfy(\.isNumber) ? nil : nearest(to: word, in: allowed)
    list.add(.key(.unknownWord(word, key: key, allowed: allowed, nearest: near)), at: place)
  }

  private mutating func checkParents() {
    for row in rows {
      let child = row.id.value
      if let father = row.father, father.value == row.mother?.value, father.value != child {
        list.add(.pedigree(.bothParents(father.value, child: child)), at: father.place)
        continue
      }
      for (parent, role) in [(row.father, CaseFault.ParentRole.father), (row.mother, .mother)] {
        guard let parent else { continue }
        if parent.value == child {
          list.add(.pedigree(.ownParent(child)), at: parent.place)
        } else {
          check(parent, role, of: child)
        }
      }
    }
  }

  private mutating func check(_ parent: Located<String>, _ role: CaseFault.ParentRole, of child: String) {
    guard let position = index[parent.value] else {
      checked.warnings.append(
        """
        \(parent.place): \(role.rawValue) \(quoted(parent.value)) of \(quoted(child)) has no line of their own \
        and is taken as unknown
        """)
      return
    }
    let person = checked.individuals[position]
    let wrong: Sex = role == .father ? .female : .male
    if person.sex == wrong {
      list.add(
        .pedigree(.parentOfWrongSex(parent.value, role: role, child: child, sex: wrong)), at: parent.place)
    }
    let childFamily = checked.individuals[index[child] ?? position].family
    if person.family != childFamily {
      let families = [person.family, childFamily]
      list.add(
        .pedigree(.parentOfOtherFamily(parent.value, role: role, child: child, families: families)), at: parent.place)
    }
  }

  /// A father is male and a mother female where the source leaves it open.
  private mutating func inferSexOfParents() {
    var inferred: [String] = []
    let fathers = Set(rows.compactMap(\.father?.value))
    let mothers = Set(rows.compactMap(\.mother?.value))
    for position in checked.individuals.indices where checked.individuals[position].sex == .unknown {
      let id = checked.individuals[position].id
      switch (fathers.contains(id), mothers.contains(id)) {
      case (true, true):
        let isReported = rows.contains { $0.father?.value == id && $0.mother?.value == id }
        if !isReported { list.add(.pedigree(.fatherAndMother(id)), at: rows[position].id.place) }
      case (true, false), (false, true):
        checked.individuals[position].sex = fathers.contains(id) ? .male : .female
        inferred.append("\(id) \(checked.individuals[position].sex.rawValue)")
      case (false, false): break
      }
    }
    if !inferred.isEmpty {
      checked.warnings.append(
        "\(rows[0].id.place.fileOnly): sex taken from being a father or a mother: \(listed(inferred))")
    }
  }

  /// Takes away people without remaining parents until nobody is left or only circles and their descendants are.
  private mutating func checkDescent() {
    let parents = rows.map { row in
      [row.father, row.mother].compactMap { $0.flatMap { $0.value == row.id.value ? nil : index[$0.value] } }
    }
    var children = Array(repeating: [Int](), count: rows.count)
    for (child, ids) in parents.enumerated() { for parent in ids { children[parent].append(child) } }
    var open = parents.map(\.count)
    var removed = Array(repeating: false, count: rows.count)
    var ready = open.indices.filter { open[$0] == 0 }
    var next = 0
    while true {
      while let person = ready.popLast() {
        guard !removed[person] else { continue }
        removed[person] = true
        for child in children[person] {
          open[child] -= 1
          if open[child] == 0 { ready.append(child) }
        }
      }
      while next < rows.count, removed[next] { next += 1 }
      guard next < rows.count else { return }
      // Everybody left has a parent who is left, so going up ends in a circle.
      var path: [Int] = []
      var person = next
      while !path.contains(person) {
        path.append(person)
        person = parents[person].first { !removed[$0] } ?? person
      }
      let circle = path.drop { $0 != person }
      let start = circle.min() ?? person
      list.add(.pedigree(.cycle((circle + [person]).map { rows[$0].id.value })), at: rows[start].id.place)
      ready.append(contentsOf: circle)
    }
  }
}

extension SourcePlace {
  /// The file or flag without line and column.
  var fileOnly: SourcePlace {
    var place = self
    place.line = nil
    place.column = nil
    return place
  }
}
