/// Takes from MONDO's mappings (`mondo.sssom.tsv`, SSSOM) which Orphanet disease is which of OMIM.
///
/// Only exact matches that are one to one count: a disease of Orphanet that stands for several of OMIM is a group of them.
struct EquivalenceFile {
  private var omim: [String: Set<String>] = [:]
  private var orphanet: [String: Set<String>] = [:]
  private var columns: (subject: Int, predicate: Int, object: Int)?

  mutating func add(_ line: String) {
    if line.hasPrefix("#") { return }
    let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
    guard let columns else {
      if let subject = cells.firstIndex(of: "subject_id"), let predicate = cells.firstIndex(of: "predicate_id"),
        let object = cells.firstIndex(of: "object_id")
      {
        self.columns = (subject, predicate, object)
      }
      return
    }
    guard cells.count > max(columns.subject, columns.predicate, columns.object),
      cells[columns.predicate] == "skos:exactMatch"
    else { return }
    let subject = String(cells[columns.subject])
    let object = cells[columns.object]
    if object.hasPrefix("OMIM:") {
      omim[subject, default: []].insert(String(object))
    } else if object.hasPrefix("Orphanet:") {
      orphanet[subject, default: []].insert("ORPHA:" + object.dropFirst("Orphanet:".count))
    }
  }

  /// OMIM's id by Orphanet's.
  var equivalents: [String: String] {
    var found: [String: String] = [:]
    for (mondo, ids) in orphanet.sorted(by: { $0.key < $1.key }) {
      guard ids.count == 1, let id = ids.first, let same = omim[mondo], same.count == 1 else { continue }
      found[id] = same.first
    }
    return found
  }
}
