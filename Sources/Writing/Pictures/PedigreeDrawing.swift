internal import Model

/// A pedigree as SVG, by the standard nomenclature (Bennett et al. 2008): squares for males, circles for females, diamonds
/// for unknown sex, filled when affected, an arrow at the proband; below each person the genotypes at a candidate's alleles.
struct PedigreeDrawing {
  let pedigree: Pedigree
  let proband: String
  /// Lines of text below each person, by position in the pedigree.
  let genotypes: [[String]]
  /// What the picture shows, for those who do not see it.
  let title: String

  private static let spacing = 120
  private static let size = 30

  var svg: String {
    let rows = PedigreeLayout(pedigree).rows
    let textLines = (genotypes.map(\.count).max() ?? 0) + 1
    let rowHeight = Self.size + 26 + 16 * textLines
    let width = max(1, rows.map(\.count).max() ?? 1) * Self.spacing
    var places: [String: (x: Int, y: Int)] = [:]
    for (level, row) in rows.enumerated() {
      let start = (width - row.count * Self.spacing) / 2 + Self.spacing / 2
      for (column, id) in row.enumerated() {
        places[id] = (start + column * Self.spacing, 14 + level * rowHeight + Self.size / 2)
      }
    }
    var body = descentLines(places: places, rowHeight: rowHeight)
    for (index, person) in pedigree.individuals.enumerated() {
      guard let place = places[person.id] else { continue }
      body += symbol(of: person, x: place.x, y: place.y)
      body += labels(of: person, genotypes.indices.contains(index) ? genotypes[index] : [], x: place.x, y: place.y)
    }
    let height = max(1, rows.count) * rowHeight + 6
    return "<svg role=\"img\" aria-label=\"\(title.escapedMarkup)\" width=\"\(width)\" height=\"\(height)\""
      + " viewBox=\"0 0 \(width) \(height)\">\(body)</svg>"
  }

  private func descentLines(places: [String: (x: Int, y: Int)], rowHeight: Int) -> String {
    var lines = ""
    for person in pedigree.individuals {
      guard let child = places[person.id] else { continue }
      let parents = [person.father, person.mother].compactMap { $0.flatMap { places[$0] } }
      guard let first = parents.first, let last = parents.last else { continue }
      if parents.count == 2 { lines += Self.line(first.x, first.y, last.x, last.y) }
      let middle = (first.x + last.x) / 2
      // The branch runs between the parents' genotypes, above the child.
      let branch = child.y - Self.size / 2 - 8
      let top = parents.count == 2 ? first.y : first.y + Self.size / 2
      lines += Self.line(middle, top, middle, branch)
      lines += Self.line(middle, branch, child.x, branch)
      lines += Self.line(child.x, branch, child.x, child.y)
    }
    return lines
  }

  private func symbol(of person: Individual, x: Int, y: Int) -> String {
    let half = Self.size / 2
    let fill = person.status == .affected ? "currentColor" : "var(--paper)"
    let style = "style=\"fill:\(fill);stroke:currentColor;stroke-width:2\""
    var text: String
    switch person.sex {
    case .male:
      text = "<rect x=\"\(x - half)\" y=\"\(y - half)\" width=\"\(Self.size)\" height=\"\(Self.size)\" \(style)/>"
    case .female: text = "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"\(half)\" \(style)/>"
    case .unknown:
      text = "<path d=\"M\(x) \(y - half)L\(x + half) \(y)L\(x) \(y + half)L\(x - half) \(y)Z\" \(style)/>"
    }
    if person.status == .unknown { text += "<text x=\"\(x)\" y=\"\(y + 5)\" text-anchor=\"middle\">?</text>" }
    if person.id == proband {
      // Beside the symbol, so that the tail stays clear of the name below.
      let (tipX, tipY) = (x - half - 3, y + 3)
      text += "<path d=\"M\(tipX - 18) \(tipY + 12)L\(tipX) \(tipY)M\(tipX - 10) \(tipY)L\(tipX) \(tipY)"
      text += "L\(tipX - 5) \(tipY + 9)\" style=\"fill:none;stroke:currentColor;stroke-width:2\"/>"
    }
    return text
  }

  private func labels(of person: Individual, _ genotypes: [String], x: Int, y: Int) -> String {
    var text = ""
    for (line, label) in ([person.id] + genotypes).enumerated() {
      let short = label.count > 15 ? "\(label.prefix(14))…" : label
      let weight = line == 0 ? " style=\"font-weight:600\"" : ""
      text += "<text x=\"\(x)\" y=\"\(y + Self.size / 2 + 16 * (line + 1))\" text-anchor=\"middle\"\(weight)>"
      text += "\(short.escapedMarkup)</text>"
    }
    return text
  }

  private static func line(_ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int) -> String {
    "<path d=\"M\(x1) \(y1)L\(x2) \(y2)\" style=\"stroke:currentColor;stroke-width:1.5\"/>"
  }
}

/// Who stands in which row of a pedigree, from left to right.
struct PedigreeLayout {
  /// Ids, oldest generation first.
  let rows: [[String]]

  init(_ pedigree: Pedigree) {
    let levels = Self.levels(of: pedigree)
    var rows: [[String]] = []
    var columns: [String: Int] = [:]
    for level in 0...(levels.values.max() ?? 0) {
      let people = pedigree.individuals.filter { levels[$0.id] == level }
      // Under their parents; founders in the order of the file.
      let ordered = people.enumerated().sorted {
        (Self.place(of: $0.element, in: columns), $0.offset) < (Self.place(of: $1.element, in: columns), $1.offset)
      }
      var row: [String] = []
      for (_, person) in ordered where !row.contains(person.id) {
        let partners = Self.partners(of: person.id, in: pedigree)
          .filter { levels[$0] == level && !row.contains($0) }
        let isFatherFirst = person.sex != .female || partners.isEmpty
        row += isFatherFirst ? [person.id] + partners : partners + [person.id]
      }
      for (column, id) in row.enumerated() { columns[id] = 2 * column - row.count }
      rows.append(row)
    }
    self.rows = rows.filter { !$0.isEmpty }
  }

  private static func place(of person: Individual, in columns: [String: Int]) -> Int {
    let parents = [person.father, person.mother].compactMap { $0.flatMap { columns[$0] } }
    return parents.isEmpty ? 0 : parents.reduce(0, +) / parents.count
  }

  private static func partners(of id: String, in pedigree: Pedigree) -> [String] {
    distinct(
      pedigree.children(of: id).compactMap { $0.father == id ? $0.mother : $0.father }
        .filter { pedigree[$0] != nil })
  }

  /// Generation of each person: below both parents and beside each partner.
  private static func levels(of pedigree: Pedigree) -> [String: Int] {
    var levels = Dictionary(pedigree.individuals.map { ($0.id, 0) }, uniquingKeysWith: { first, _ in first })
    // Each pass settles at least one generation; a pedigree that is a circle stops with the passes.
    for _ in 0...pedigree.individuals.count {
      var isSettled = true
      for person in pedigree.individuals {
        let parents = [person.father, person.mother].compactMap { $0 }.filter { levels[$0] != nil }
        let deepest = parents.compactMap { levels[$0] }.max() ?? -1
        for parent in parents where levels[parent] != deepest {
          levels[parent] = deepest
          isSettled = false
        }
        if let level = levels[person.id], level <= deepest {
          levels[person.id] = deepest + 1
          isSettled = false
        }
      }
      if isSettled { break }
    }
    return levels
  }
}
