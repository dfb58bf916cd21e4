/// A publisher's list of checksums, fetched into memory.
struct ChecksumList {
  let address: String
  /// The file that it is asked for, for errors.
  let file: FetchTarget
  let fileAddress: String
  let retries: Int
  let session: Session

  /// Lists are lines of a hundred bytes; what is longer than this is something else.
  private static let limit = 8 << 20

  func text() throws -> String {
    var patience = Patience(retries: retries, session: session, name: address)
    while true {
      let transfer = try Transfer(address, interruption: session.interruption)
      guard let head = try transfer.head() else {
        let end = transfer.end()
        if let reason = patience.verdict(on: end) {
          // Nobody carries a list over: the words are of the file.
          throw FetchError(reason: reason, address: fileAddress, target: file)
        }
        try wait(end.words, nil, &patience)
        continue
      }
      patience.answered()
      if head.isLater {
        transfer.abandon()
        try wait("the server answers \(head.status)", head.retryAfter, &patience)
        continue
      }
      guard head.status == 200 else {
        transfer.abandon()
        throw FetchError(
          reason: .listRefused(list: address, status: head.status), address: fileAddress, target: file)
      }
      var bytes: [UInt8] = []
      while bytes.count <= Self.limit, let piece = try transfer.next() { bytes += piece }
      if bytes.count > Self.limit {
        transfer.abandon()
        throw FetchError(reason: .noChecksum(list: address), address: fileAddress, target: file)
      }
      let end = transfer.end()
      if end.code == 0 { return String(decoding: bytes, as: UTF8.self) }
      try wait(end.words, nil, &patience)
    }
  }

  private func wait(_ words: String, _ seconds: Int?, _ patience: inout Patience) throws {
    guard try patience.wait(after: words, wait: seconds) else {
      throw FetchError(reason: .broken(words, have: 0, attempts: patience.failures), address: address, target: file)
    }
  }
}
