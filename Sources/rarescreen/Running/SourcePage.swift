import Model

/// Public sources of knowledge in words: one paragraph a source, with every address when it is asked for by name.
struct SourcePage {
  let sources: [KnowledgeSource]
  let namesFiles: Bool

  var text: String { sources.map { paragraph($0) }.joined(separator: "\n") }

  private func paragraph(_ source: KnowledgeSource) -> String {
    let version = source.version.map { " " + $0 } ?? ""
    let assembly = source.assembly.map { ", \($0)" } ?? ""
    var lines = ["\(source.name)\(version)\(assembly): \(source.summary)"]
    lines.append("  \(size(source)); licence: \(source.licence)")
    if let registration = source.registration { lines.append("  before use: \(registration)") }
    if namesFiles {
      lines.append("  page: \(source.page)")
      for file in source.files {
        lines.append("  file: \(file.address)" + (file.checksums.map { " (checksums: \($0))" } ?? ""))
      }
    }
    if !source.files.isEmpty {
      let build = source.assembly == .grch37 ? " --build GRCh37" : ""
      lines.append("  fetch: rarescreen knowledge fetch \(source.name)\(build)")
    }
    if let note = source.note { lines.append("  note: \(note)") }
    lines.append("  then: \(source.command ?? "nothing here reads it yet")")
    return lines.joined(separator: "\n") + "\n"
  }

  private func size(_ source: KnowledgeSource) -> String {
    let files = source.files.count
    let count = files == 0 ? "no files to fetch from here" : files == 1 ? "1 file" : "\(files) files"
    guard let megabytes = source.megabytes else { return "\(count), size not known" }
    return "\(count), about " + (megabytes < 10_000 ? "\(megabytes) MB" : "\(megabytes / 1_000) GB")
  }
}
