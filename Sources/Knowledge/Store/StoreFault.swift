public import Model

/// Why a store cannot be used or made.
public enum StoreFault: Sendable, Equatable {
  /// The file is something else.
  case notAStore
  /// Made by a later version of rarescreen.
  case newerFormat(found: Int, known: Int)
  /// The file ends before its footer.
  case cut
  /// Bytes are not what was written.
  case damaged(String)
  case otherAssembly(found: String, asked: Assembly)
  /// The source is not sorted by position.
  case unsorted(Locus)
  /// Nothing of the source is known for the kind of store.
  case noFields(known: [String])
  /// A field that is asked for and that the source does not have.
  case unknownField(String, known: [String])
  /// A table without one of the columns that name an allele, whatever its spelling.
  case noColumn([String], found: [String])
  case noAlleles
  case inputOutput(String)

  /// What is wrong and what to do, without the file.
  var wording: String {
    switch self {
    case .notAStore:
      "not a store of rarescreen; build one with 'rarescreen knowledge build', or take the file out of the folder"
    case .newerFormat(let found, let known):
      "the store has format \(found), this program reads formats up to \(known); use a later rarescreen, or build the store again"
    case .cut:
      "the store is cut short; copy it again, or build it again with 'rarescreen knowledge build'"
    case .damaged(let what):
      "the store is damaged (\(what)); copy it again, or build it again with 'rarescreen knowledge build'"
    case .otherAssembly(let found, let asked):
      "the store is on \(found), but \(asked) is asked for; build one from the source's \(asked) files"
    case .unsorted(let locus):
      "the records are not sorted by position (\(locus) comes too late); sort each file by position (bcftools sort), and give the files of a "
        + "source one after the other along the chromosomes"
    case .noFields(let known):
      "none of its fields is known for this kind of store; name some by --fields: \(Self.some(known))"
    case .unknownField(let name, let known):
      "has no field '\(name)', which --fields asks for; it has \(Self.some(known))"
    case .noColumn(let names, let found):
      "no column of the names \(names.joined(separator: ", ")); it has \(Self.some(found)): rename the column in the header"
    case .noAlleles:
      "no allele with a value was found; the store would be empty: check the file and --fields"
    case .inputOutput(let why):
      "reading or writing failed (\(why)); check the disk and its free space, then run again"
    }
  }

  private static func some(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
  }
}
