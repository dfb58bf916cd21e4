import Foundation

/// Chromium, driven by `Tests/browser/open_page.py`, where `./run setup` could install what drives it.
public enum Browser {
  public struct Seen {
    /// What a page must not do; empty for a good one.
    public let faults: [String]
    public let facts: [String: Any]
  }

  private static let packages = Checkout.directory + "/.build/browser"
  /// Where screenshots and PDFs stay, to be looked at.
  public static let folder = Checkout.directory + "/.build/pages"
  public static let isThere =
    FileManager.default.fileExists(atPath: packages + "/playwright")
    && FileManager.default.fileExists(atPath: "/usr/bin/chromium")

  public static func open(_ page: String, named name: String, _ arguments: [String] = []) throws -> Seen {
    let outcome = try Program.run(
      [Checkout.directory + "/Tests/browser/open_page.py", page, "--out", folder + "/" + name] + arguments,
      environment: ["PYTHONPATH": packages, "PATH": "/usr/bin:/bin", "HOME": folder],
      program: Tool.location(of: "python3") ?? "python3")
    let document = (try? JSONSerialization.jsonObject(with: Data(outcome.stdout.utf8))) as? [String: Any]
    guard outcome.status == 0, let faults = document?["faults"] as? [String] else {
      return Seen(faults: ["the browser script ended with \(outcome.status): \(outcome.text)"], facts: [:])
    }
    return Seen(faults: faults, facts: document?["facts"] as? [String: Any] ?? [:])
  }
}
