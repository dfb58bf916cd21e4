import Foundation

/// Text of a small input file, checked for what a user may have given by mistake.
enum CaseText {
  /// - Throws: a fault of `.missingInput` when the file cannot be read, of `reason` when it is no UTF-8 text.
  static func read(
    _ path: String, as input: CaseFault.Input, reason: CaseFault.Reason, namedAt place: SourcePlace? = nil
  ) throws(CaseError) -> String {
    let named = place ?? SourcePlace(file: path)
    let limit = input == .sheet ? DocumentLimit.sheetBytes : DocumentLimit.bytes
    if let fact = InputFile(path: path).problem(as: input) {
      throw CaseError([CaseFault(.file(fact), reason: .missingInput, at: named)])
    }
    let data: Data
    do {
      guard let handle = FileHandle(forReadingAtPath: path) else {
        throw CocoaError(.fileReadUnknown)
      }
      // A pipe hands out a part at a time.
      var whole = Data()
      while whole.count <= limit, let part = try handle.read(upToCount: 1 << 20), !part.isEmpty {
        whole.append(part)
      }
      data = whole
    } catch {
      throw CaseError([
        CaseFault(
          .file(.unreadable(input, path: path, problem: error.localizedDescription)), reason: .missingInput, at: named)
      ])
    }
    guard data.count <= limit else {
      throw CaseError([
        CaseFault(.file(.tooLarge(input, limit: limit)), reason: reason, at: SourcePlace(file: path))
      ])
    }
    return try decode([UInt8](data), file: path, input: input, reason: reason)
  }

  static func decode(
    _ bytes: [UInt8], file: String, input: CaseFault.Input, reason: CaseFault.Reason
  ) throws(CaseError) -> String {
    func fault(_ fact: CaseFault.Fact, at place: SourcePlace) -> CaseError {
      CaseError([CaseFault(fact, reason: reason, at: place)])
    }
    let start = SourcePlace(file: file, line: 1, column: 1)
    if let (name, flag) = otherFormat(bytes) {
      throw fault(.file(.otherFormat(input, name: name, flag: flag)), at: start)
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw fault(.text(.notUTF8(encoding: "UTF-16")), at: start)
    }
    // A byte order mark is allowed and means nothing in UTF-8.
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    guard let text = String(validating: body, as: UTF8.self) else {
      let valid = validPrefix(of: body)
      let position = TextPosition(ofByte: valid, in: String(decoding: body.prefix(valid), as: UTF8.self))
      throw fault(.text(.notUTF8(encoding: nil)), at: position.place(in: file))
    }
    return text
  }

  /// What a file is that was given in the wrong place, with the flag for it.
  private static func otherFormat(_ bytes: [UInt8]) -> (name: String, flag: String)? {
    if bytes.starts(with: [0x1F, 0x8B]) { return ("a compressed file, such as VCF or BCF", "--vcf") }
    if bytes.starts(with: Array("##fileformat=VCF".utf8)) { return ("a VCF", "--vcf") }
    if bytes.starts(with: Array("CRAM".utf8)) { return ("a CRAM file", "--alignment SAMPLE=FILE") }
    return nil
  }

  /// Length in bytes of the part before the first byte that is no UTF-8.
  private static func validPrefix(of bytes: ArraySlice<UInt8>) -> Int {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var length = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { length += UTF8.width(scalar) }
    return length
  }
}

/// Whether a path leads to a file that can be opened.
struct InputFile {
  let path: String

  func problem(as input: CaseFault.Input) -> CaseFault.FileFact? {
    if path == "-" {
      return input == .variants ? nil : .unreadable(input, path: path, problem: "standard input is for variants only")
    }
    if path.contains("://") { return .remote(input, path: path) }
    // Attributes are those of a link itself, so links are followed first.
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard !path.isEmpty, let attributes = try? FileManager.default.attributesOfItem(atPath: target) else {
      return .missing(input, path: path)
    }
    if attributes[.type] as? FileAttributeType == .typeDirectory { return .folder(input, path: path) }
    if !FileManager.default.isReadableFile(atPath: target) {
      return .unreadable(input, path: path, problem: "permission denied")
    }
    return nil
  }

  /// The path as seen from where it was written: relative to the case file, or to the working directory for a flag.
  static func path(_ written: Located<String>) -> String {
    guard let file = written.file, !written.value.hasPrefix("/"),
      written.value != "-", !written.value.contains("://"), let slash = file.lastIndex(of: "/")
    else { return written.value }
    let rest = written.value.hasPrefix("./") ? String(written.value.dropFirst(2)) : written.value
    return String(file[...slash]) + rest
  }
}
