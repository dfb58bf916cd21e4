/// Reads PED files (PLINK .fam): family, individual, father, mother, sex, phenotype; more columns are ignored.
///
/// Columns are separated by white space of any kind. Where tabs alone give six columns with a sex and a phenotype in their
/// places, tabs are the separator, so that empty cells and ids with spaces are read as they were meant. Lines that begin
/// with `#`, empty lines and a header line without `#` are passed over.
struct PEDReader {
  let file: String
  private var individuals: [WrittenIndividual] = []
  private var list = FaultList(.malformedInput)

  static func read(_ text: String, file: String) -> (individuals: [WrittenIndividual], faults: [CaseFault]) {
    var reader = PEDReader(file: file)
    var number = 0
    for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      reader.read(line.last == UInt8(ascii: "\r") ? Substring(line.dropLast()) : Substring(line), number: number)
    }
    if reader.individuals.isEmpty, reader.list.faults.isEmpty {
      reader.list.add(.pedigree(.emptyPedigree), at: SourcePlace(file: file))
    }
    return (reader.individuals, reader.list.faults)
  }

  private init(file: String) { self.file = file }

  private mutating func read(_ line: Substring, number: Int) {
    let words = columns(of: line, number: number)
    guard let first = words.first, !first.value.hasPrefix("#") else { return }
    guard words.count >= 6 else {
      list.add(.pedigree(.tooFewColumns(found: words.count)), at: first.place)
      return
    }
    if individuals.isEmpty, ["sex", "gender"].contains(words[4].value.lowercased()) { return }
    let parents = words[2...3].map { PedigreeDialect.ped.isMissingParent($0.value) ? nil : $0 }
    individuals.append(
      WrittenIndividual(
        id: words[1], family: words[0], father: parents[0], mother: parents[1], sex: words[4], affected: words[5]))
  }

  private func columns(of line: Substring, number: Int) -> [Located<String>] {
    let cells = split(line, number: number, atTabsOnly: true)
    let isTabular =
      cells.count >= 6 && !cells[1].value.isEmpty && !cells[4].value.isEmpty && !cells[5].value.isEmpty
      && PedigreeDialect.ped.sex(of: cells[4].value) != nil && PedigreeDialect.ped.status(of: cells[5].value) != nil
    return isTabular ? cells : split(line, number: number, atTabsOnly: false)
  }

  /// Words with their columns; with `atTabsOnly` cells may be empty and lose the spaces around them.
  private func split(_ line: Substring, number: Int, atTabsOnly: Bool) -> [Located<String>] {
    var words: [Located<String>] = []
    var word = String.UnicodeScalarView()
    var start = 1
    var column = 0
    func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\u{A0}" || scalar == "\t" }
    func finish() {
      while let last = word.last, isSpace(last) { word.removeLast() }
      if atTabsOnly || !word.isEmpty {
        words.append(Located(String(word), at: SourcePlace(file: file, line: number, column: start)))
      }
      word.removeAll()
    }
    for scalar in line.unicodeScalars {
      column += 1
      if atTabsOnly ? scalar == "\t" : isSpace(scalar) {
        finish()
        start = column + 1
      } else if word.isEmpty, isSpace(scalar) {
        start = column + 1
      } else {
        if word.isEmpty { start = column }
        word.append(scalar)
      }
    }
    finish()
    return words
  }
}
