public import Model

/// Takes out of a report who it is about: what is left names nobody, though genotypes remain personal data.
///
/// The case itself is renamed before it is screened (``Pseudonyms/renamed(_:)-(Case)``), so that whatever is said of it uses the
/// tokens. Here goes what comes along with the inputs: file names and paths, the command line, header lines, columns of strangers,
/// texts and times. Of dates the year stays (HIPAA's Safe Harbor, 45 CFR 164.514(b)(2)); ages are nowhere written.
public struct Deidentifier: Sendable {
  public let pseudonyms: Pseudonyms
  /// Names of the inputs by path.
  private let fileNames: [String: String]
  /// Everything that may stand in texts of others: samples, families, the case, paths and file names.
  private let replaced: NameReplacement
  /// INFO fields that results were made of.
  private let read: Set<String>

  /// - Parameters:
  ///   - subject: the case under its own names.
  ///   - headers: of its variant files, likewise.
  ///   - files: every input with what it is for, for example `variants`.
  ///   - read: INFO fields of the variant files that results are made of.
  public init(
    _ pseudonyms: Pseudonyms, subject: Case, headers: [VariantHeader], files: [(role: String, path: String)],
    read: Set<String>
  ) {
    self.pseudonyms = pseudonyms
    self.read = read
    var names: [String: String] = [:]
    var counts: [String: Int] = [:]
    var inputs: [String: String] = [:]
    for (role, path) in files where inputs[path] == nil {
      counts[role, default: 0] += 1
      let name = "\(role.replacing(" ", with: "-"))-\(counts[role] ?? 1)" + Self.ending(of: path)
      inputs[path] = name
      names[path] = name
      names[Self.baseName(of: path)] = name
    }
    for person in subject.pedigree.individuals {
      if !person.family.isEmpty { names[person.family] = pseudonyms.token(of: person.family, as: .family) }
    }
    names[subject.id] = pseudonyms.token(of: subject.id, as: .subject)
    for id in headers.flatMap(\.samples) + subject.pedigree.individuals.map(\.id) {
      names[id] = pseudonyms.token(of: id, as: .person)
    }
    // Within INFO, what separates there is written in numbers (VCF 4.3, section 1.2).
    for (name, stand) in names { names[Table.percentEncoded(name) { ":;=,%".unicodeScalars.contains($0) }] = stand }
    fileNames = inputs
    replaced = NameReplacement(names)
  }

  /// What an input is called in place of its name: by its use, with the ending that tells the format.
  public func name(of path: String) -> String { fileNames[path] ?? "file" + Self.ending(of: path) }

  /// Nil for a file that is no input of the user's.
  public func knownName(of path: String) -> String? { fileNames[path] }

  /// A sentence without the names and paths of the inputs.
  public func text(_ text: Wording) -> Wording { text.replacingTexts(replaced.callAsFunction) }

  private static func baseName(of path: String) -> String {
    String(path.split(separator: "/", omittingEmptySubsequences: true).last ?? "")
  }

  private static let endings = [
    "vcf", "bcf", "bam", "cram", "bai", "csi", "crai", "tbi", "ped", "fam", "yaml", "yml", "json", "tsv", "txt", "bed",
    "fai", "fa", "fasta", "sqlite",
  ]

  /// The known endings of a name, `.vcf.gz`; any other may be part of a name.
  private static func ending(of path: String) -> String {
    let parts = baseName(of: path).lowercased().split(separator: ".").dropFirst()
    let packed = ["gz", "bgz"]
    var kept: [Substring] = []
    for part in parts.reversed() {
      guard endings.contains(String(part)) || (kept.isEmpty && packed.contains(String(part))) else { break }
      kept.insert(part, at: 0)
    }
    return kept.map { "." + $0 }.joined()
  }

  /// What stays of a command line: which options were used. Any value may name somebody.
  public static func masked(_ commandLine: [String]) -> [String] {
    // Behind a bare `--` a value may begin with a dash.
    let values = commandLine.firstIndex(of: "--") ?? commandLine.count
    return commandLine.enumerated().map { place, argument in
      if place < 2 { return argument }
      guard place <= values, argument.hasPrefix("-"), argument.count > 1 else { return "…" }
      guard let equals = argument.firstIndex(of: "=") else { return argument }
      return argument[...equals] + "…"
    }
  }

  public static let warning: Wording =
    "names are replaced by tokens, and file names, texts and days are left out (--deidentify); genotypes remain personal data"

  /// The report as it may leave the laboratory.
  ///
  /// - Parameters:
  ///   - report: of the renamed case.
  ///   - showsCarriers: whether the carrier state of unaffected relatives stays in all files; else it is in none.
  public func report(_ report: Report, showsCarriers: Bool) -> Report {
    var report = showsCarriers ? report : WithheldCarriers(report: report).shown
    let open = Set(report.subject.pedigree.individuals.map(\.id)).subtracting(report.withheld)
    let columns = report.headers.map { header in header.samples.indices.filter { open.contains(header.samples[$0]) } }
    for index in report.result.candidates.indices {
      for place in report.result.candidates[index].variants.indices {
        clean(&report.result.candidates[index].variants[place].variant, report.headers, columns)
      }
    }
    for index in report.result.nearMisses.indices {
      clean(&report.result.nearMisses[index].variant.variant, report.headers, columns)
    }
    if var secondary = report.result.secondary {
      for person in secondary.people.indices {
        for index in secondary.people[person].findings.indices {
          for place in secondary.people[person].findings[index].variants.indices {
            let seen = secondary.people[person].findings[index].variants[place].variant.identifiers
            secondary.people[person].findings[index].variants[place].variant.identifiers = seen.map(
              replaced.callAsFunction)
          }
        }
      }
      report.result.secondary = secondary
    }
    for index in report.headers.indices {
      report.headers[index].samples = columns[index].map { report.headers[index].samples[$0] }
      report.headers[index].lines = report.headers[index].lines.compactMap(line)
    }
    report.provenance.commandLine = Self.masked(report.provenance.commandLine)
    report.provenance.started = String(report.provenance.started.prefix(4))
    report.provenance.finished = String(report.provenance.finished.prefix(4))
    for index in report.provenance.inputs.indices {
      report.provenance.inputs[index].samples.removeAll { report.subject.pedigree[$0] == nil }
    }
    report.result.warnings = report.result.warnings.map(text) + [Self.warning]
    return report
  }

  /// A record with the columns of the family alone and without names among its texts.
  private func clean(_ variant: inout Variant, _ headers: [VariantHeader], _ columns: [[Int]]) {
    variant.identifiers = variant.identifiers.map(replaced.callAsFunction)
    guard headers.indices.contains(variant.origin.file) else { return }
    let header = headers[variant.origin.file]
    var fields = variant.origin.line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard fields.count >= 8 else { return }
    fields[2] = replaced(fields[2])
    fields[7] = fields[7].split(separator: ";").compactMap { info($0, header) }.joined(separator: ";")
    if fields[7].isEmpty { fields[7] = "." }
    let kept = columns[variant.origin.file].map { 9 + $0 }.filter(fields.indices.contains)
    let keys = fields.count > 8 ? fields[8].split(separator: ":").map(String.init) : []
    let calls = kept.map { call(fields[$0], keys, header) }
    variant.origin.line = (fields.prefix(9) + calls).joined(separator: "\t")
  }

  /// Annotations of consequences hold single letters and codes that somebody's name may be, and never a sample.
  private static let annotations = ["CSQ", "ANN", "BCSQ", "EFF", "LOF", "NMD"]

  /// The fields of one sample, texts without names.
  private func call(_ text: String, _ keys: [String], _ header: VariantHeader) -> String {
    let values = text.split(separator: ":", omittingEmptySubsequences: false)
    return values.enumerated().map { place, value in
      guard keys.indices.contains(place), keys[place] != "GT" else { return String(value) }
      let type = header.format[keys[place]]?.type ?? .string
      return type == .string || type == .character ? replaced(String(value)) : String(value)
    }.joined(separator: ":")
  }

  /// INFO fields of the variant itself (VCF 4.5, sections 1.6.1 and 3; repeat callers). Any other that nobody read may be a sum over
  /// columns that are left out here, or somebody's words.
  private static let ofVariant: Set<String> = [
    "AA", "CIGAR", "END", "SVTYPE", "SVLEN", "SVCLAIM", "IMPRECISE", "CIPOS", "CIEND", "CILEN", "HOMLEN", "HOMSEQ",
    "BKPTID", "MEINFO", "METRANS", "MATEID", "PARID", "EVENT", "EVENTTYPE", "CHR2", "POS2", "END2", "STRANDS", "INSLEN",
    "INSSEQ", "SVINSLEN", "SVINSSEQ", "RN", "RUS", "RUL", "RUC", "RB", "CIRUC", "CIRB", "RU", "RL", "REF", "REPID",
    "VARID",
  ]

  /// Sums over the columns of a record by their usual names (VCF 4.3, table 1; GATK, bcftools), which a case may have mapped to a role.
  private static let sums: Set<String> = [
    "AC", "AF", "AN", "AD", "ADF", "ADR", "DP", "NS", "MAF", "MLEAC", "MLEAF", "AC_Het", "AC_Hom", "AC_Hemi", "NHET",
    "NHOMALT", "HWE", "ExcHet", "ExcessHet", "InbreedingCoeff", "F_MISSING",
  ]

  private func isKept(_ key: String) -> Bool {
    (Self.ofVariant.contains(key) || read.contains(key) && !Self.sums.contains(key)) && replaced(key) == key
  }

  /// A field without names; nil for one that stays away.
  private func info(_ field: Substring, _ header: VariantHeader) -> String? {
    guard let equals = field.firstIndex(of: "=") else { return isKept(String(field)) ? String(field) : nil }
    let (key, value) = (String(field[..<equals]), String(field[field.index(after: equals)...]))
    guard isKept(key) else { return nil }
    // A contig may be called as somebody is: 1.
    if key == "CHR2", header.contigs.contains(where: { $0.name == value }) { return String(field) }
    // Whatever the header says of its type: what is no number may be a name.
    let isNumeric = value.split(separator: ",").allSatisfy { $0 == "." || Double($0) != nil }
    let isText = header.info[key].map { $0.type == .string || $0.type == .character } ?? true
    if Self.annotations.contains(key) || isNumeric && (!isText || header.info[key] == nil) { return String(field) }
    return key + "=" + replaced(value)
  }

  /// A header line without paths and names; nil for one that holds commands, samples, pedigrees or anything else beside definitions.
  private func line(_ line: String) -> String? {
    let meta = MetaLine(line)
    switch meta.kind {
    case "fileformat": return line
    case "contig":
      guard let id = meta.id else { return nil }
      return "##contig=<ID=\(id)" + (meta["length"].map { ",length=\($0)" } ?? "") + ">"
    case "INFO", "FORMAT", "FILTER", "ALT":
      guard let id = meta.id, meta.kind == "INFO" ? isKept(id) : replaced(id) == id else { return nil }
      let definition = ["Number", "Type"].compactMap { key in meta[key].map { ",\(key)=\($0)" } }.joined()
      let words = meta["Description"].map { ",Description=\(withoutPaths(replaced($0)))" } ?? ""
      return "##\(meta.kind)=<ID=\(id)\(definition)\(words)>"
    default: return nil
    }
  }

  /// The text with `…` for every word that has a `/` within or at its beginning; one that stands alone is punctuation.
  private func withoutPaths(_ text: String) -> String {
    if text.contains(":\\") { return "\"\"" }  // a drive of Windows
    let ends: Set<Character> = [" ", "\"", "'", "(", ")", ",", ";", "=", "\\"]
    var result = ""
    var word = ""
    func close() {
      result += word.contains("/") && word.contains { $0 != "/" } ? "…" : word
      word = ""
    }
    for character in text {
      if ends.contains(character) {
        close()
        result.append(character)
      } else {
        word.append(character)
      }
    }
    close()
    return result
  }
}
