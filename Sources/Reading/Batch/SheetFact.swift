extension CaseFault.SheetFact {
  var words: (what: String, remedy: String) {
    switch self {
    case .notTabular:
      ("the header line has no tab", "separate the columns by tabs; lists within a cell by `;`")
    case .unknownColumn(let name, let nearest, let known):
      (
        "unknown column \(quoted(name))",
        nearest.map { "did you mean `\($0)`?" } ?? "known columns are \(known.joined(separator: ", "))"
      )
    case .repeatedColumn(let name): ("column \(quoted(name)) is there twice", "keep one of them")
    case .noCaseColumn:
      ("there is no column `case`", "name the cases in it, by their ids (with a column `variants`) or their case files")
    case .noRows: ("no row follows the header line", "write one row for each case")
    case .tooManyCells(let found, let columns):
      ("the row has \(found) cells, the header \(columns)", "look for a tab too many, or name the column")
    case .noCase: ("`case` is empty in this row", "write the id of the case, or the path of its case file")
    case .repeatedCase(let id, let first):
      ("case \(quoted(id)) is there already, at \(first)", "give each case an id of its own")
    case .hiddenInCase(let id, let code):
      (
        "the id of case \(quoted(id)) has a character that nobody can see, U+\(code)",
        "write it anew, without that character"
      )
    case .longCase(let id, let bytes, let limit):
      (
        "the id of case \(quoted(id)) makes a folder's name of \(bytes) bytes", "shorten it to at most \(limit)"
      )
    case .noCaseFiles:
      ("no case file in this folder", "put files that end in .yaml, .yml or .json into it, or give a sheet")
    }
  }
}
