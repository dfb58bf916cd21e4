import Foundation
import Knowledge
import Model
import Reading
import Writing

/// Finds out what the result of a case depends on, so that an unchanged case need not be screened again.
struct CaseBasis: Sendable {
  let knowledge: SharedKnowledge
  /// Checksum of panels, tables and stores.
  let knowledgeDigest: String
  let program: String
  /// Flags of the run that change results.
  let flags: [String]
  let cohort: String?
  /// Genes in which secondary findings are looked for.
  let list: CaseInputs.Panel?
  /// Makes tokens of names; nil where everybody keeps the own name.
  let pseudonyms: Pseudonyms?

  init(
    _ knowledge: SharedKnowledge, options: CommonOptions, form: ReportForm, pseudonyms: Pseudonyms?, cohort: String?,
    list: CaseInputs.Panel?
  ) throws {
    self.pseudonyms = pseudonyms
    self.list = list
    self.knowledge = knowledge
    self.cohort = cohort
    knowledgeDigest = try Self.digest(of: knowledge)
    program = "rarescreen \(Version.number) (htslib \(HTSlib.version))"
    let exchange = form.exchange
    let fhir = exchange.fhir.map { "fhir \($0.rawValue)" }
    let issued = exchange.issued.map { "issued \($0)" }
    flags =
      [
        "lang \(options.lang.rawValue)", options.strict ? "strict" : nil, options.usesIndex ? nil : "no-index", fhir,
        exchange.phenopacket ? "phenopacket" : nil, issued, form.privacy.showCarriers ? "show-carriers" : nil,
        form.printer == nil ? nil : "pdf", list.map { "secondary-findings \($0.written)" },
        // Another key makes other tokens.
        pseudonyms.map { "deidentify \($0.token(of: "key", as: .content))" },
      ].compactMap { $0 } + (try form.files.map { "\($0.role) \(try knowledge.digest(of: $0.path))" })
  }

  /// - Parameters:
  ///   - earlier: inputs of an earlier run, whose checksums hold for large files that nobody touched since.
  ///   - text: what is written of the case beside its files.
  func basis(ofText text: String, _ resolved: ResolvedCase, earlier: [CaseStatus.Input] = []) throws
    -> CaseStatus.Basis
  {
    let files = resolved.inputs.files(cohort: cohort, list: list)
    return CaseStatus.Basis(
      inputs: try files.map { try input($0.role, $0.path, earlier) }, settings: digest(ofText: text),
      knowledge: knowledgeDigest, program: program)
  }

  /// Smaller files are always read: only of larger ones the file system's word is taken that they are the same.
  private static let leastTrusted = 16 << 20
  private static let mostHashed = 1 << 30

  private func input(_ role: String, _ path: String, _ earlier: [CaseStatus.Input]) throws -> CaseStatus.Input {
    let ownName = URL(fileURLWithPath: path).lastPathComponent
    let name = pseudonyms?.token(of: ownName, as: .file) ?? ownName
    guard let stamp = FileStatus(path: path), stamp.isRegular else {
      throw Failure(
        .usage,
        "\(path): batches and shards need files that can be read more than once, no pipes; write it to a file first")
    }
    let isLarge = stamp.bytes >= Self.leastTrusted
    var input = CaseStatus.Input(
      role: role, name: name, bytes: stamp.bytes, sha256: "", stamp: isLarge ? hidden(stamp.text) : nil)
    if role == "alignment", stamp.bytes > Self.mostHashed { return input }
    let known = isLarge ? earlier.first { $0.role == role && $0.name == name && $0.stamp == input.stamp } : nil
    input.sha256 = try known?.sha256 ?? hidden(knowledge.digest(of: path))
    return input
  }

  /// Times of files, and checksums of few words that somebody could try out, are kept from others too.
  private func hidden(_ text: String) -> String { pseudonyms?.digest(of: text) ?? text }

  private func digest(ofText text: String) -> String {
    hidden(FileDigest.sha256Hex(ofText: text + flags.joined(separator: "\n")))
  }

  /// Every table that comes with the program or was built by the laboratory counts, whichever a case will ask.
  private static func digest(of knowledge: SharedKnowledge) throws -> String {
    var lines: [String] = []
    for folder in [knowledge.directory, knowledge.phenotypeDirectory] {
      let names = (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).sorted()
      for name in names where ["tsv", "json", "bed", "csv", "txt"].contains((name as NSString).pathExtension) {
        guard let stamp = FileStatus(path: folder + "/" + name), stamp.isRegular else { continue }
        lines.append("\(name) \(try knowledge.digest(of: folder + "/" + name))")
      }
    }
    lines += try knowledge.storeFingerprints()
    return FileDigest.sha256Hex(ofText: lines.joined(separator: "\n"))
  }
}
