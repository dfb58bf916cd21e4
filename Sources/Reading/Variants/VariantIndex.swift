internal import CHTSlib
internal import Foundation
internal import Model

/// A place in a BGZF file: where a block starts, and an offset in its inflated bytes (SAM specification, section 4.1.1).
struct VirtualOffset: Comparable, Sendable {
  var block: Int
  var offset: Int

  init(_ packed: UInt64) {
    block = Int(packed >> 16)
    offset = Int(packed & 0xffff)
  }

  static func < (left: VirtualOffset, right: VirtualOffset) -> Bool {
    (left.block, left.offset) < (right.block, right.offset)
  }
}

/// Whole records between two virtual offsets.
struct IndexedPlace: Sendable {
  var start: VirtualOffset
  var end: VirtualOffset

  /// Whether a block, by its place in the file, has a part in it.
  func reaches(_ block: Int) -> Bool { block < end.block || block == end.block && end.offset > 0 }

  /// About how many compressed bytes are to be read.
  var size: Int { end.block - start.block + BlockInflater.largestBlock / 4 }
}

/// The index of a BGZF VCF, `.tbi` or `.csi`, by way of htslib.
@safe final class VariantIndex {
  enum Search {
    case none
    /// Older than the file, or made of another: its offsets may lie anywhere.
    case stale(path: String)
    case found(VariantIndex)
  }

  private let path: String
  private let index: UnsafeMutablePointer<tbx_t>
  private let names: [String]

  /// Looks beside the file; a `.csi` counts where there is no `.tbi`.
  static func find(for file: RandomAccessFile) throws(ReadError) -> Search {
    for ending in [".tbi", ".csi"] {
      let path = file.path + ending
      var status = stat()
      guard unsafe stat(path, &status) == 0 else { continue }
      if Int(status.st_mtim.tv_sec) < file.changed { return .stale(path: path) }
      let index = try VariantIndex(file: file.path, path: path)
      return index.fits(file) ? .found(index) : .stale(path: path)
    }
    return .none
  }

  private init(file: String, path: String) throws(ReadError) {
    self.path = path
    let fault = ReadError(.index("it cannot be read; make it again, for example with tabix -f"), file: path)
    // Whether it leads beyond the file is asked later: then it is another's, and passed over.
    guard let bytes = try IndexShape.bytes(path: path), IndexShape(bytes, fileSize: .max) != nil,
      let index = unsafe tbx_index_load3(file, path, 0)
    else { throw fault }
    unsafe self.index = index
    var count: Int32 = 0
    let list = unsafe tbx_seqnames(index, &count)
    names = (0..<Int(count)).map { number in
      unsafe (list?[number]).map { unsafe String(cString: $0) } ?? ""
    }
    unsafe free(list)
  }

  deinit { unsafe tbx_destroy(index) }

  /// What is told when an index leads astray.
  static func misfit(_ file: String) -> ReadError {
    ReadError(.index("the one at hand does not fit the file; make it again, for example with tabix -f"), file: file)
  }

  /// Whether the last record of the index ends where the file's last block does: an index of another file, or of a beginning of
  /// this one, would lose records without a word.
  private func fits(_ file: RandomAccessFile) -> Bool {
    var last = 0
    for number in 0..<names.count {
      guard let query = unsafe hts_itr_query(index.pointee.idx, Int32(number), 0, hts_pos_t(Int32.max), tbx_readrec)
      else {
        return false
      }
      for chunk in 0..<Int(unsafe query.pointee.n_off) {
        last = unsafe max(last, VirtualOffset(query.pointee.off[chunk].v).block)
      }
      unsafe hts_itr_destroy(query)
    }
    // The end lies in the last block of data, or before the end-of-file block.
    let end = file.size - Self.endBlockSize
    if last == end { return true }
    guard last < end, let bytes = try? file.bytes(at: last, count: BlockInflater.largestBlock),
      let block = try? BlockInflater.block(at: 0, of: bytes.span, file: path)
    else { return false }
    return last + block.size == end
  }

  /// Bytes of the block that ends a BGZF file (SAM specification, section 4.1.2).
  private static let endBlockSize = 28

  /// Records by raw value of the contig, 0 for contigs that are no chromosome; nil when the index was made without counts.
  var totals: [Int]? {
    var totals = [Int](repeating: 0, count: Contig.allCases.count + 1)
    for (number, name) in names.enumerated() {
      var mapped: UInt64 = 0
      var unmapped: UInt64 = 0
      guard unsafe hts_idx_get_stat(index.pointee.idx, Int32(number), &mapped, &unmapped) == 0 else { return nil }
      totals[Contig(name: name).map { Int($0.rawValue) } ?? 0] += Int(mapped + unmapped)
    }
    return totals
  }

  /// The places that hold the records which overlap the regions, in file order and apart.
  func places(overlapping regions: RegionSet) throws(ReadError) -> [IndexedPlace] {
    var places: [IndexedPlace] = []
    for (number, name) in names.enumerated() {
      guard let contig = Contig(name: name) else { continue }
      for region in regions.regions(on: contig) {
        guard
          let query = unsafe hts_itr_query(
            index.pointee.idx, Int32(number), hts_pos_t(region.start), hts_pos_t(region.end), tbx_readrec)
        else { throw ReadError(.index("it cannot be read; make it again, for example with tabix -f"), file: path) }
        for chunk in 0..<Int(unsafe query.pointee.n_off) {
          let pair = unsafe query.pointee.off[chunk]
          places.append(IndexedPlace(start: VirtualOffset(pair.u), end: VirtualOffset(pair.v)))
        }
        unsafe hts_itr_destroy(query)
      }
    }
    return Self.merged(places)
  }

  /// Places that touch or lie within a block of each other become one, so that no block is inflated twice.
  private static func merged(_ places: [IndexedPlace]) -> [IndexedPlace] {
    var result: [IndexedPlace] = []
    for place in places.sorted(by: { $0.start < $1.start }) {
      if let last = result.last, place.start.block <= last.end.block {
        result[result.count - 1].end = max(last.end, place.end)
      } else {
        result.append(place)
      }
    }
    return result
  }
}

/// A read by index under way.
///
/// Small places are put together, and read by the worker itself. A long one is handed out in pieces like a file that is read
/// from the front, so that it takes no more memory and as many workers.
struct IndexedRead: Sendable {
  private let places: [IndexedPlace]
  /// Records of the whole file by raw value of the contig, where the index tells.
  let totals: [Int]?
  private let file: RandomAccessFile
  private var nextPlace = 0
  /// The block at which a long place goes on.
  private var resumed: Int?

  init(places: [IndexedPlace], totals: [Int]?, file: RandomAccessFile) {
    self.places = places
    self.totals = totals
    self.file = file
  }

  /// The next stretch, of about `size` compressed bytes; nil when there is none left.
  mutating func next(_ size: Int) throws(ReadError) -> Stretch? {
    let start = nextPlace
    var taken = 0
    while nextPlace < places.count, resumed == nil, places[nextPlace].size <= size, taken < size {
      taken += places[nextPlace].size
      nextPlace += 1
    }
    if start < nextPlace {
      return Stretch(content: .places(Array(places[start..<nextPlace]), of: file), join: .whole)
    }
    return nextPlace < places.count ? try nextPiece(of: places[nextPlace], size) : nil
  }

  private mutating func nextPiece(of place: IndexedPlace, _ size: Int) throws(ReadError) -> Stretch {
    let start = resumed ?? place.start.block
    var bytes = try file.bytes(at: start, count: size + BlockInflater.largestBlock)
    var end = 0
    var keep: Int?
    while end < max(1, size), place.reaches(start + end) {
      guard let block = try BlockInflater.block(at: end, of: bytes.span, file: file.path),
        end + block.size <= bytes.count
      else {
        throw VariantIndex.misfit(file.path)
      }
      if start + end == place.end.block { keep = place.end.offset }
      end += block.size
    }
    bytes.removeSubrange(end...)
    let isFirst = resumed == nil
    resumed = start + end
    if !place.reaches(start + end) {
      resumed = nil
      nextPlace += 1
    }
    return Stretch(
      content: .blocks(bytes, skip: isFirst ? place.start.offset : 0, keep: keep), join: isFirst ? .leading : .within)
  }
}
