/// Why a file could not be fetched, or may not be used.
struct FetchError: Error, CustomStringConvertible {
  enum Reason {
    /// Not an address that is fetched from.
    case notAnAddress(String)
    /// An address whose last part is no plain name of a file.
    case unnamed
    /// The program `curl` is not there.
    case noCurl
    /// The server could not be reached.
    case unreachable(String)
    /// What the server is cannot be trusted, or it leads somewhere else than to the network.
    case untrusted(String)
    /// The server answered, but not with the file.
    case refused(status: Int)
    /// The connection broke, or the server put off, time and again.
    case broken(String, have: Int, attempts: Int)
    /// More bytes came than the server had announced.
    case length(found: Int, expected: Int)
    case checksum(Checksum, found: String)
    /// A file of that name, with another checksum, is in the place already.
    case inPlace(Checksum, found: String)
    /// The part that is there is the beginning of something else; nil when nobody knows of what.
    case otherPart(of: String?)
    /// The server did not answer with the publisher's list of checksums.
    case listRefused(list: String, status: Int)
    /// The publisher's list of checksums holds none for the file.
    case noChecksum(list: String)
    /// The publisher hands the files out to registered users only.
    case registration(name: String, page: String, words: String)
  }

  var reason: Reason
  var address: String
  /// Where the file is to stand, and how it is used then.
  var target: FetchTarget?

  var description: String {
    switch reason {
    case .notAnAddress(let why): "\(address) is not fetched: \(why)"
    case .unnamed:
      "\(address) is not fetched: it does not end with the plain name of a file; fetch it by hand and name the file yourself"
    case .noCurl:
      "\(address) cannot be fetched: the program 'curl' is not on PATH; install it (apt-get install curl), or \(byHand)"
    case .unreachable(let words): "\(address) cannot be reached (\(words)); where there is no network, \(byHand)"
    case .untrusted(let words): "\(address) is not fetched: \(words); \(byHand)"
    case .refused(let status):
      "\(address): the server answers \(status)\(Self.words(of: status)); look the file up at its publisher, or \(byHand)"
    case .broken(let words, let have, let attempts):
      "\(address): given up after \(attempts) attempts (\(words)); "
        + (have > 0
          ? "the \(have) bytes that came are kept in \(part), give the same command again to go on" : "try later")
        + ", or \(byHand)"
    case .length(let found, let expected):
      "\(address): \(found) bytes came where the server announced \(expected); they are kept in \(part): "
        + "remove that file and fetch again"
    case .checksum(let sum, let found):
      "\(address): the \(sum.kind) of what came is \(found), \(sum.origin) is \(sum.digest); the bytes are kept in \(part): "
        + "remove that file and fetch again, and do not use it when that repeats"
    case .inPlace(let sum, let found):
      "\(target?.path ?? address) is there already and its \(sum.kind) is \(found), \(sum.origin) is \(sum.digest): another "
        + "release, or damaged; move it away and give the same command again"
    case .otherPart(let other):
      "\(address) is not fetched: \(part) is the beginning of \(other ?? "nobody knows what"); finish that first, remove it, or "
        + "choose another folder with --out"
    case .listRefused(let list, let status):
      "\(list): the server answers \(status)\(Self.words(of: status)); \(otherwise)"
    case .noChecksum(let list): "\(list) holds no checksum for \(target?.name ?? address); \(otherwise)"
    case .registration(let name, let page, let words):
      "\(name) cannot be fetched from here: \(words); the page is \(page)"
        + (target.map { ", then run: \($0.next ?? "")" } ?? "")
    }
  }

  private var part: String { (target?.path ?? "") + ".part" }

  private var otherwise: String {
    "look up the checksum at the publisher's, and fetch \(address) with --sha256 or --md5"
  }

  private var byHand: String {
    guard let target else { return "fetch it on another machine and carry it over" }
    return "fetch it on another machine and put it at \(target.path)" + (target.next.map { ", then run: \($0)" } ?? "")
  }

  private static func words(of status: Int) -> String {
    switch status {
    case 401, 403, 407: " (not permitted)"
    case 404, 410: " (there is no such file)"
    case 429: " (too many requests)"
    case 500...: " (a fault of the server)"
    default: ""
    }
  }
}

/// Where a file is to stand.
struct FetchTarget: Sendable {
  var path: String
  var name: String
  /// The command that takes the file in; nil where none does.
  var next: String?
}
