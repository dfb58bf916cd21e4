internal import Crypto
internal import Model

/// Why reads of a CRAM cannot be decoded: they are damaged, or the sequence that they were made with is missing.
struct DecodingFault {
  /// The CRAM.
  let path: String
  let layout: SliceLayout
  let reference: String?
  let headerText: String
  let contigs: [VariantHeader.ContigLine]

  /// - Parameters:
  ///   - sequence: number of the sequence whose reads were asked for.
  ///   - region: where on it.
  func error(in sequence: Int, _ region: Region) -> ReadError {
    do {
      let containers = layout.index.containers(of: sequence, from: region.start, to: region.end)
      for offset in containers.sorted() {
        if let chain = layout.chain, try !chain.isWhole(at: offset, isBrief: false) {
          return ReadError(.damaged, file: path)
        }
      }
      guard let reference else { return ReadError(.noSequence("no FASTA is given"), file: path) }
      if let why = try difference(of: layout.index.sequences(in: containers), reference) {
        return ReadError(.noSequence(why), file: path)
      }
      return ReadError(.damaged, file: path)
    } catch {
      return error
    }
  }

  /// What of the FASTA is not as the header says; nil where nothing is, or the header does not say.
  private func difference(of sequences: Set<Int>, _ reference: String) throws(ReadError) -> String? {
    let index = try SequenceIndex(path: reference)
    let lengths = Dictionary(index.contigs().map { ($0.name, $0.length ?? 0) }, uniquingKeysWith: { first, _ in first })
    let sums = checksums
    for number in sequences.sorted() where contigs.indices.contains(number) {
      let name = contigs[number].name
      guard let length = lengths[name] else { return "\(printable(reference)) has no sequence \(printable(name))" }
      guard let expected = sums[name] else { continue }
      let found = try Self.checksum(of: name, length: length, in: index)
      if found != expected {
        return
          "\(printable(name)) of \(printable(reference)) is another sequence: its MD5 is \(found), that of the CRAM's \(printable(expected))"
      }
    }
    return sums.isEmpty ? "\(printable(reference)) may not fit it" : nil
  }

  /// MD5 of the sequences by their names (SAM specification, section 1.3: M5).
  private var checksums: [String: String] {
    var sums: [String: String] = [:]
    for line in headerText.split(whereSeparator: \.isNewline) where line.hasPrefix("@SQ") {
      let fields = line.split(separator: "\t")
      guard let name = fields.first(where: { $0.hasPrefix("SN:") })?.dropFirst(3),
        let sum = fields.first(where: { $0.hasPrefix("M5:") })?.dropFirst(3)
      else { continue }
      sums[String(name)] = sum.lowercased()
    }
    return sums
  }

  /// Of capital letters, without the ends of lines.
  private static func checksum(of name: String, length: Int, in index: SequenceIndex) throws(ReadError) -> String {
    var hash = Insecure.MD5()
    for start in stride(from: 0, to: length, by: pieceSize) {
      hash.update(data: try index.bases(of: name, start..<min(length, start + pieceSize)))
    }
    let digits = Array("0123456789abcdef")
    return String(hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  private static let pieceSize = 1 << 22
}
