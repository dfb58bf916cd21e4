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

  static var text: String {
    let data = (try? DataDirectory.find(given: nil)).map { "panels in \($0)" } ?? "no panels found"
    return "rarescreen \(number) (htslib \(HTSlib.version), \(data))"
  }
}
