import Foundation
import Reading

extension CaseInputs {
  /// Every file of the user's that a result depends on, with what it is for.
  ///
  /// - Parameters:
  ///   - cohort: the laboratory's own, which no case names.
  ///   - list: the genes of secondary findings, which no case names either.
  func files(cohort: String?, list: Panel?) -> [(role: String, path: String)] {
    var files: [(role: String, path: String)] = []
    if let caseFile { files.append(("case", caseFile)) }
    if let review { files.append(("review", review)) }
    files += variants.map { ("variants", $0) }
    if let path = pedigree?.value { files.append(("pedigree", path)) }
    if let path = reference?.value { files.append(("reference index", path + ".fai")) }
    for alignment in alignments {
      files.append(("alignment", alignment.path.value))
      if let index = Self.index(of: alignment.path.value) { files.append(("alignment index", index)) }
    }
    for panel in panels + [list].compactMap({ $0 }) {
      if case .file(let path) = panel { files.append(("panel", path.value)) }
    }
    if let cohort { files.append(("cohort", cohort)) }
    return files
  }

  private static func index(of path: String) -> String? {
    let stem = (path as NSString).deletingPathExtension
    return [path + ".bai", path + ".crai", path + ".csi", stem + ".bai", stem + ".crai"].first {
      FileStatus(path: $0) != nil
    }
  }
}

extension CaseInputs.Panel {
  /// The name or path.
  var written: String {
    switch self {
    case .name(let name): name.value
    case .file(let path): path.value
    }
  }
}
