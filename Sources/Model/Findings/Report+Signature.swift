extension Report {
  /// Whether people answer for the report: each reported variant has a class that a reviewer signed, or, where nothing is reported,
  /// a reviewer signed the report as a whole. Until then it is a draft.
  public var isFinal: Bool {
    let variants = result.candidates.flatMap(\.variants)
    return variants.isEmpty
      ? subject.signature?.basis == basis : variants.allSatisfy { $0.evidence.given?.signed != nil }
  }

  /// Why the signature under the report as a whole does not count; nil where it does, and where there is none.
  public var signatureFault: Wording? {
    guard let signature = subject.signature else { return nil }
    if !result.candidates.isEmpty {
      return """
        the signature of \(signature.title) under the whole report counts nowhere: each reported variant needs a class that is \
        signed
        """
    }
    if signature.basis != basis {
      return """
        the signature of \(signature.title) counts nowhere: the report that was signed rests on other inputs (\(signature.basis), \
        now \(basis)); look at this one and sign it
        """
    }
    return nil
  }

  /// Names what the report rests on, in 16 hexadecimal digits: question, family, inputs, knowledge, settings and program. What
  /// reviewers say, names of files and the dress of the page are not in it.
  ///
  /// FNV-1a (64 bits), which tells reports apart and guards against nobody's intent.
  public var basis: String {
    var words = [subject.id, subject.proband, subject.assembly.rawValue, provenance.program, provenance.version]
    words += subject.phenotypes.map { "+\($0.id)" } + subject.excludedPhenotypes.map { "-\($0.id)" }
    words += [subject.onset.map { "\($0)" } ?? ""]
    for person in subject.pedigree.individuals {
      words += [
        person.id, person.father ?? "", person.mother ?? "", person.sex.rawValue, person.status.rawValue,
      ]
    }
    words += targets.panels.flatMap { [$0.name, $0.version] }
    if let secondary = result.secondary {
      words += [secondary.list.name, secondary.list.version] + subject.secondaryConsent.sorted()
    }
    let silent: Set = ["case", "review", "pedigree", "template", "logo"]
    words += provenance.inputs.filter { !silent.contains($0.role) }.flatMap { [$0.role, "\($0.bytes)", $0.digest] }
    words += provenance.stores.flatMap { [$0.kind, $0.fingerprint] } + [provenance.phenotypeRelease ?? ""]
    words += provenance.settings.flatMap { [$0.key, $0.value] }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in words.joined(separator: "\u{0}").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
