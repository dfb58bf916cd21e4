import Foundation
import Glibc
import Writing

/// Prints the page of a report as PDF, by a browser without a window, a network or a memory.
struct PagePrinter: Sendable {
  let browser: PageBrowser

  /// A page of 300 listed candidates takes some seconds.
  private static let patience = 180
  /// About what a browser takes beside the program, in bytes.
  static let memory = 400 << 20

  /// - Parameters:
  ///   - page: the rendered report.
  ///   - folder: the folder of the run, on whose disk the page is while it is printed, for its owner alone.
  func print(_ page: [UInt8], in folder: String, _ interruption: Interruption) throws -> [UInt8] {
    let own = try PrivateFolder(in: folder)
    // Apart, since a long path is no place for the sockets of a browser.
    let profile = try PrivateFolder(in: NSTemporaryDirectory())
    // Folders go when nobody holds them any more, and the browser does not count.
    defer { withExtendedLifetime((own, profile)) {} }
    let (source, target) = (own.path + "/report.html", own.path + "/report.pdf")
    guard
      FileManager.default.createFile(atPath: source, contents: Data(page), attributes: [.posixPermissions: 0o600])
    else { throw Failure(.inputOutput, "\(source): cannot be written; free some space and run again") }
    let run = try BrowserRun(
      browser, Self.arguments(source: source, target: target, profile: profile.path), home: profile.path,
      log: profile.path + "/log")
    let status = try run.status(within: Self.patience) { try interruption.check() }
    guard status == 0, let data = FileManager.default.contents(atPath: target),
      let sheet = PrintedSheet([UInt8](data))
    else {
      let why = status.map { "ended with \($0)" } ?? "did not end within \(Self.patience) s"
      let said = FileManager.default.contents(atPath: profile.path + "/log") ?? Data()
      throw Failure(
        .cannotCreateOutput,
        "report.pdf: \(browser.path) \(why) and printed no whole page\(Self.complaint(in: said)); run without --pdf, or name "
          + "another browser in \(PageBrowser.variable)")
    }
    return sheet.undated
  }

  private static func arguments(source: String, target: String, profile: String) -> [String] {
    // Chromium cannot lock itself in when root runs it, and then refuses to start. The page is our own.
    let rights = geteuid() == 0 ? ["--no-sandbox"] : []
    return rights + [
      "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--no-default-browser-check",
      "--disable-extensions", "--disable-sync", "--disable-default-apps", "--disable-background-networking",
      "--disable-component-update", "--password-store=basic", "--host-resolver-rules=MAP * ~NOTFOUND",
      "--user-data-dir=\(profile)/profile", "--no-pdf-header-footer", "--print-to-pdf=\(target)",
      URL(fileURLWithPath: source).absoluteString,
    ]
  }

  /// The last line in which the browser speaks of a failure that is not the missing desktop's.
  private static func complaint(in said: Data) -> String {
    let lines = String(decoding: said.suffix(100_000), as: UTF8.self).split(whereSeparator: \.isNewline)
    let telling = lines.last { line in
      (line.contains("ERROR") || line.contains("FATAL") || line.contains("sandbox")) && !line.contains("dbus")
    }
    return telling.map { " (\($0.suffix(200)))" } ?? ""
  }
}
