import Foundation
import Knowledge
import Reading

/// What this program is, for `--version` and provenance.
enum Version {
  static let number = "0.1.0"

  static let platform: String = {
    #if arch(x86_64)
      "linux-x86_64"
    #elseif arch(arm64)
      "linux-arm64"
    #else
      "linux"
    #endif
  }()

  /// Takes the byte loops that `RARESCREEN_SIMD` names, for tests and comparisons; the best of this processor when it is not set.
  static func chooseKernels() throws(Failure) {
    guard let name = ProcessInfo.processInfo.environment["RARESCREEN_SIMD"], !name.isEmpty else { return }
    if Kernels.choose(name) { return }
    let known = Kernels.available.joined(separator: ", ")
    throw Failure(.usage, "RARESCREEN_SIMD is '\(name)'; this processor runs \(known); unset it, or name one of these")
  }

  static var text: String {
    try? chooseKernels()
    let data = (try? DataDirectory.find(given: nil)).map { "panels in \($0)" } ?? "no panels found"
    return "rarescreen \(number) (htslib \(HTSlib.version), \(Kernels.name) kernels, \(data), \(knowledge))"
  }

  /// The stores that a run without --knowledge asks.
  private static var knowledge: String {
    guard let folder = try? KnowledgeFolder(given: nil).existing(), let files = try? KnowledgeBase.files(in: folder),
      !files.isEmpty
    else { return "no stores" }
    let stores = files.map { file in
      (try? AlleleStore(path: file).metadata).map { "\($0.name) \($0.version) on \($0.assembly)" }
        ?? "\(file) (cannot be used)"
    }
    return "stores: " + stores.joined(separator: ", ")
  }
}
