/// The layout of a store file, little-endian throughout.
///
///     magic, format version                                     16 bytes
///     bins: keys, spelled alleles and columns of 2^20 bases     each a multiple of 8 bytes
///     texts, coverage, directory of the bins, description       four sections, each a multiple of 8 bytes
///     footer: place and checksum of each section                112 bytes
///
/// Everything between header and footer is covered by a checksum, and bins and sections lie behind one another without gaps.
/// The footer comes last, so that a file that was cut short has none.
enum StoreFormat {
  /// `RSKSTORE`.
  static let magic: UInt64 = 0x4552_4F54_534B_5352
  /// Raised when files of the older form can no longer be read as they are.
  static let version: UInt32 = 1
  static let headerSize = 16
  static let footerSize = 112
  static let directoryEntrySize = 40

  /// Sections in the order of the file.
  enum Section: Int, CaseIterable {
    case texts, coverage, directory, metadata
  }

  /// Bases of a bin, as a power of two.
  static let binShift = 20
  /// Bits of a key that tell the alleles of a position apart.
  static let codeBits = 12
  /// A value that is not there.
  static let missing = UInt32.max

  static func padded(_ count: Int) -> Int { (count + 7) & ~7 }
}

/// How the values of a column in a bin are written: the narrowest form that gives every value back exactly.
enum ColumnEncoding: UInt32 {
  /// One value for all rows: the parameter.
  case constant
  /// Whole numbers below 255; 255 is missing.
  case bytes
  /// Whole numbers below 65,535; 65,535 is missing.
  case halves
  /// As many values as the parameter tells, then a byte a row.
  case bytePalette
  /// As many values as the parameter tells, then two bytes a row.
  case halfPalette
  /// Four bytes a row.
  case words

  /// Bytes that the values of `rows` rows take, before padding.
  func size(rows: Int, parameter: Int) -> Int {
    switch self {
    case .constant: 0
    case .bytes: rows
    case .halves: 2 * rows
    case .bytePalette: 4 * parameter + rows
    case .halfPalette: 4 * parameter + 2 * rows
    case .words: 4 * rows
    }
  }
}

/// A checksum against damage of disks and transfers, not against forgery.
///
/// Four lanes of 64 bits, each step `(h ^ word) * odd` and a shift: a step is one-to-one in the word, so that any change within
/// one word is found for certain, and any other with a chance of 1 - 2^-64.
enum StoreChecksum {
  private static let prime: UInt64 = 0x9E37_79B9_7F4A_7C15

  private static func mix(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let mixed = (state ^ word) &* prime
    return mixed ^ (mixed &>> 32)
  }

  /// - Parameter bytes: their number is a multiple of 8.
  static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var lanes = (UInt64(bytes.count), UInt64(1), UInt64(2), UInt64(3))
    let words = bytes.count / 8
    var word = 0
    func next(_ index: Int) -> UInt64 {
      unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index &* 8, as: UInt64.self))
    }
    while word &+ 4 <= words {
      lanes.0 = mix(lanes.0, next(word))
      lanes.1 = mix(lanes.1, next(word &+ 1))
      lanes.2 = mix(lanes.2, next(word &+ 2))
      lanes.3 = mix(lanes.3, next(word &+ 3))
      word &+= 4
    }
    while word < words {
      lanes.0 = mix(lanes.0, next(word))
      word &+= 1
    }
    return mix(mix(mix(mix(prime, lanes.0), lanes.1), lanes.2), lanes.3)
  }

  static func of(_ bytes: [UInt8]) -> UInt64 { unsafe bytes.withUnsafeBytes { unsafe of($0) } }
}
