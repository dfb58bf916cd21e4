internal import Model

/// Names of protein changes (HGVS recommendations 21.0, protein level), in parentheses since they are predicted.
///
///     ProteinNaming(firstResidue: 34, …).name  // "p.(Lys34Glu)"
struct ProteinNaming {
  /// Number of the first residue of the tails, from 1.
  let firstResidue: Int
  /// The protein from there, the stop included, without and with the change.
  let reference: [UInt8]
  let alternate: [UInt8]
  /// Whether the changed protein ends with a stop.
  let hasStop: Bool
  let isFrameshift: Bool
  /// The residues before the first one, for duplications that reach back; may be empty.
  let before: [UInt8]

  static let lostStart = "p.(Met1?)"
  static let keptStart = "p.(Met1=)"

  var name: String {
    if let brief { return brief }
    let shared = zip(reference, alternate).prefix { $0 == $1 }.count
    if shared == reference.count, shared == alternate.count {
      return "p.(\(Self.three(reference.first ?? GeneticCode.unknown))\(firstResidue)=)"
    }
    let position = firstResidue + shared
    guard shared < reference.count else { return isFrameshift ? "p.?" : inFrame(shared) }
    let first = reference[shared]
    if first == GeneticCode.stop, shared < alternate.count {
      return extended(at: position, alternate[shared], shared)
    }
    if shared < alternate.count, alternate[shared] == GeneticCode.stop {
      return "p.(\(Self.three(first))\(position)Ter)"
    }
    if isFrameshift {
      guard shared < alternate.count else { return "p.(\(Self.three(first))\(position)fsTer?)" }
      let end = hasStop ? "\(alternate.count - shared)" : "?"
      return "p.(\(Self.three(first))\(position)\(Self.three(alternate[shared]))fsTer\(end))"
    }
    return inFrame(shared)
  }

  /// The name of a change of one residue to another or to itself, put together at once, since most are such; nil for others.
  private var brief: String? {
    guard reference.count == 1, alternate.count == 1, !isFrameshift else { return nil }
    if reference[0] == GeneticCode.stop, alternate[0] != GeneticCode.stop { return nil }
    var text = Array("p.(".utf8)
    text += Self.three(reference[0]).utf8
    text.append(decimal: firstResidue)
    text += (reference[0] == alternate[0] ? "=" : Self.three(alternate[0])).utf8
    text.append(UInt8(ascii: ")"))
    return String(decoding: text, as: UTF8.self)
  }

  private func extended(at position: Int, _ residue: UInt8, _ shared: Int) -> String {
    let end = hasStop ? "\(alternate.count - shared - 1)" : "?"
    return "p.(Ter\(position)\(Self.three(residue))extTer\(end))"
  }

  private func inFrame(_ shared: Int) -> String {
    var removed = reference[shared...]
    var added = alternate[shared...]
    while let left = removed.last, left == added.last {
      removed.removeLast()
      added.removeLast()
    }
    let start = firstResidue + shared
    if added.isEmpty { return "p.(\(span(removed, from: start))del)" }
    if let stop = added.firstIndex(of: GeneticCode.stop) { added = added[...stop] }
    if removed.isEmpty {
      let known = before + reference[..<shared]
      if known.count >= added.count, known.suffix(added.count).elementsEqual(added) {
        return "p.(\(span(added, from: start - added.count))dup)"
      }
      let left = known.last.map { "\(Self.three($0))\(start - 1)" } ?? "\(start - 1)"
      let right = shared < reference.count ? reference[shared] : GeneticCode.stop
      return "p.(\(left)_\(Self.three(right))\(start)ins\(Self.threes(added)))"
    }
    if removed.count == 1, added.count == 1 { return "p.(\(Self.threes(removed))\(start)\(Self.threes(added)))" }
    return "p.(\(span(removed, from: start))delins\(Self.threes(added)))"
  }

  private func span(_ residues: ArraySlice<UInt8>, from start: Int) -> String {
    guard let first = residues.first, let last = residues.last else { return "" }
    if residues.count == 1 { return "\(Self.three(first))\(start)" }
    return "\(Self.three(first))\(start)_\(Self.three(last))\(start + residues.count - 1)"
  }

  static func threes(_ residues: some Sequence<UInt8>) -> String { residues.map(three).joined() }

  /// Three letters of an amino acid, `Ter` for a stop.
  static func three(_ residue: UInt8) -> String { names[Int(residue)] }

  /// The letter of an amino acid in three; nil for other words.
  static func letter(ofName name: some StringProtocol) -> String? {
    names.firstIndex { $0 == name && $0 != "Xaa" }.map { String(UnicodeScalar(UInt8($0))) }
  }

  private static let names: [String] = {
    var names = [String](repeating: "Xaa", count: 256)
    let known: KeyValuePairs = [
      "A": "Ala", "C": "Cys", "D": "Asp", "E": "Glu", "F": "Phe", "G": "Gly", "H": "His", "I": "Ile", "K": "Lys",
      "L": "Leu", "M": "Met", "N": "Asn", "P": "Pro", "Q": "Gln", "R": "Arg", "S": "Ser", "T": "Thr", "U": "Sec",
      "V": "Val", "W": "Trp", "Y": "Tyr", "*": "Ter",
    ]
    for (letter, name) in known { names[Int(letter.utf8.first ?? 0)] = name }
    return names
  }()
}
