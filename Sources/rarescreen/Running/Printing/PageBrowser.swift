import Foundation
import Glibc

/// The browser that prints pages: Chromium, or one of its kin.
struct PageBrowser: Sendable {
  let path: String

  /// Names a browser, in place of the first that is found.
  static let variable = "RARESCREEN_BROWSER"
  private static let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
  /// The first that prints what CSS says about the margins of a sheet: number of the page and name of the report.
  private static let leastVersion = 131

  /// Looks for a browser and asks for its version.
  static func find() throws -> PageBrowser {
    let environment = ProcessInfo.processInfo.environment
    let named = environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    let folders = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").map(String.init)
    let candidates = named.map { $0.contains("/") ? [$0] : folders.map { "\($0)/\(named ?? "")" } }
    let paths = candidates ?? names.flatMap { name in folders.map { "\($0)/\(name)" } }
    guard let path = paths.first(where: isProgram) else {
      let what = named.map { "\(variable) is \($0), which is no program" } ?? "no browser to print with is installed"
      throw Failure(
        .missingInput,
        "--pdf: \(what); install Chromium \(leastVersion) or newer (Debian: apt-get install chromium), or name a browser of its "
          + "kind in \(variable)")
    }
    let browser = PageBrowser(path: path)
    guard let version = try browser.version(), version >= leastVersion else {
      throw Failure(
        .missingInput,
        "--pdf: \(path) is no Chromium \(leastVersion) or newer, which numbers the pages; install one, or name it in \(variable)"
      )
    }
    return browser
  }

  private static func isProgram(_ path: String) -> Bool {
    FileStatus(path: path)?.isRegular == true && FileManager.default.isExecutableFile(atPath: path)
  }

  /// The first number of what it says of itself; nil where it says nothing within 20 s.
  private func version() throws -> Int? {
    let folder = try PrivateFolder(in: NSTemporaryDirectory())
    defer { withExtendedLifetime(folder) {} }
    let run = try BrowserRun(self, ["--version"], home: folder.path, log: folder.path + "/version")
    guard run.status(within: 20, check: {}) != nil else { return nil }
    let said = FileManager.default.contents(atPath: folder.path + "/version") ?? Data()
    return String(decoding: said.prefix(10_000), as: UTF8.self).firstMatch(of: /Chrom[a-z ]*(\d+)\./)
      .flatMap { Int($0.1) }
  }
}

/// A folder for its owner alone, removed with all that is in it.
final class PrivateFolder {
  let path: String

  init(in folder: String) throws {
    let draw = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    path = (folder.hasSuffix("/") ? String(folder.dropLast()) : folder) + "/.rarescreen.\(draw).tmp"
    guard unsafe mkdir(path, 0o700) == 0 else {
      throw Failure(.cannotCreateOutput, "\(path): cannot be made: \(Self.words(errno))")
    }
  }

  private static func words(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A browser at work.
final class BrowserRun {
  private let process = Process()

  /// - Parameters:
  ///   - home: the folder that is home and place for passing files.
  ///   - log: the file for what it says.
  init(_ browser: PageBrowser, _ arguments: [String], home: String, log: String) throws {
    guard FileManager.default.createFile(atPath: log, contents: nil, attributes: [.posixPermissions: 0o600]),
      let output = FileHandle(forWritingAtPath: log)
    else { throw Failure(.cannotCreateOutput, "\(log): cannot be made") }
    process.executableURL = URL(fileURLWithPath: browser.path)
    process.arguments = arguments
    // Nothing of the user's own browser has a say, neither settings nor language nor time.
    process.environment = ProcessInfo.processInfo.environment.merging([
      "HOME": home, "TMPDIR": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home, "XDG_DATA_HOME": home,
      "LC_ALL": "C.UTF-8", "LANGUAGE": "en", "TZ": "UTC",
    ]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    do {
      try process.run()
    } catch {
      throw Failure(.missingInput, "--pdf: \(browser.path) cannot be run: \(error.localizedDescription)")
    }
  }

  /// Waits for the end; nil when it did not come in time.
  ///
  /// - Parameter check: asked again and again; what it throws ends the browser.
  func status(within seconds: Int, check: () throws -> Void) rethrows -> Int32? {
    let end = ContinuousClock.now + .seconds(seconds)
    defer { stop() }
    while process.isRunning {
      try check()
      if ContinuousClock.now > end { return nil }
      usleep(10_000)
    }
    return process.terminationStatus
  }

  /// Ends the browser and its helpers, which are of one process group where the system starts programs so.
  private func stop() {
    let id = process.processIdentifier
    guard id > 1, process.isRunning else { return }
    kill(-id, SIGKILL)
    kill(id, SIGKILL)
    process.waitUntilExit()
  }

  deinit { stop() }
}
