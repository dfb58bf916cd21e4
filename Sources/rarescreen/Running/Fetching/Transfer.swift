import Foundation
import Glibc

/// One request over HTTP by the program `curl`: first the head, then the body piece by piece.
///
/// A program and not Foundation's URLSession, which would load some thirty libraries into every run of rarescreen, and reads ahead
/// of a disk that is slower than the network. A pipe holds 64 KiB, so that memory stays flat; proxies are those of the environment.
final class Transfer {
  /// How a request ended.
  struct End {
    /// curl's exit code.
    let code: Int32
    /// curl's words.
    let words: String

    /// No connection was made: name unknown, or nobody listens.
    var isUnreached: Bool { [5, 6, 7].contains(code) }

    /// Trying again would not help: addresses and ways that curl refuses, certificates that do not hold.
    var isFinal: Bool { [1, 2, 3, 4, 35, 47, 51, 53, 54, 58, 59, 60, 77, 80, 82, 83, 90, 91].contains(code) }
  }

  private let process = Process()
  private let output = Pipe()
  private let errors = Pipe()
  private let interruption: Interruption
  /// Bytes that were read with the head and belong to the body.
  private var ahead: [UInt8] = []

  /// Starts a request.
  ///
  /// - Parameters:
  ///   - start: first byte that is wanted.
  ///   - validator: the version of the file that the bytes before `start` are of.
  init(_ address: String, from start: Int = 0, of validator: String? = nil, interruption: Interruption) throws {
    self.interruption = interruption
    guard let curl = Self.curl else { throw FetchError(reason: .noCurl, address: address) }
    var arguments = [
      // First: the user's .curlrc could send the body elsewhere.
      "-q", "--silent", "--show-error", "--globoff", "--include", "--suppress-connect-headers", "--location",
      "--max-redirs", "10", "--proto", "=http,https",
      // No way leads from a protected connection to an open one.
      "--proto-redir", address.lowercased().hasPrefix("https:") ? "=https" : "=http,https",
      "--connect-timeout", "30", "--speed-limit", "1", "--speed-time", "60",
      "--user-agent", "rarescreen/\(Version.number)",
    ]
    if start > 0 { arguments += ["--header", "Range: bytes=\(start)-"] }
    if start > 0, let validator { arguments += ["--header", "If-Range: \(validator)"] }
    process.executableURL = URL(fileURLWithPath: curl)
    process.arguments = arguments + ["--url", address]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    try process.run()
  }

  private static var curl: String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
      .map { $0 + "/curl" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// The head of the last answer; nil when the request ended without one.
  func head() throws(Interruption.Stopped) -> ResponseHead? {
    while true {
      guard let lines = try lines() else { return nil }
      guard let head = ResponseHead(lines) else { return nil }
      if !head.isFollowed { return head }
    }
  }

  /// The lines up to the next empty one.
  private func lines() throws(Interruption.Stopped) -> [String]? {
    // A head of more than 256 KiB is none.
    while ahead.count < 1 << 18 {
      if let end = ahead.firstRange(of: [13, 10, 13, 10]) {
        let text = String(decoding: ahead[..<end.lowerBound], as: UTF8.self)
        ahead.removeSubrange(..<end.upperBound)
        return text.split(whereSeparator: \.isNewline).map(String.init)
      }
      guard let piece = try read() else { return nil }
      ahead += piece
    }
    return nil
  }

  /// The next bytes of the body; nil at its end.
  func next() throws(Interruption.Stopped) -> [UInt8]? {
    if !ahead.isEmpty {
      defer { ahead = [] }
      return ahead
    }
    return try read()
  }

  private func read() throws(Interruption.Stopped) -> [UInt8]? {
    let descriptor = output.fileHandleForReading.fileDescriptor
    while true {
      try interruption.check()
      // In slices: a server that says nothing must not keep a signal waiting.
      var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if unsafe poll(&polled, 1, 100) == 0 { continue }
      var got = 0
      let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 18) { buffer, filled in
        got = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        filled = max(0, got)
      }
      if got < 0, errno == EINTR { continue }
      return got > 0 ? bytes : nil
    }
  }

  /// Waits for the end of a request whose body has been read to its end.
  func end() -> End {
    process.waitUntilExit()
    let said = (try? errors.fileHandleForReading.readToEnd()).flatMap { $0 } ?? Data()
    let line = String(decoding: said.prefix(1_000), as: UTF8.self).split(whereSeparator: \.isNewline).first ?? ""
    // `curl: (6) Could not resolve host: …`
    let words = line.firstRange(of: ") ").map { line[$0.upperBound...] } ?? line
    let code = process.terminationStatus
    return End(code: code, words: words.isEmpty ? "curl ended with \(code)" : String(words))
  }

  /// Ends a request whose body is not wanted.
  func abandon() {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }

  deinit {
    // Reached while it runs only when a signal or a full disk cut the work short. curl inherits the blocked signals.
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }
}
