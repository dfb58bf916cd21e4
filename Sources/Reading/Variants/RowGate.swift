internal import CKernels
internal import Model

/// A read plan compiled for the bytes of lines: places as sorted arrays, the site test as a chain of steps.
struct RowGate: Sendable {
  /// The regions of one contig, 0-based half-open, sorted and apart.
  private struct Places: Sendable {
    var starts: [Int] = []
    var ends: [Int] = []
  }

  /// nil lets every place through.
  private let places: [Places]?
  let isByFirstBase: Bool
  /// Words that let a record through wherever it lies.
  private let names: [[UInt8]]
  let test: CompiledSiteTest?
  /// The region that the last record was held against, since files are sorted.
  private var cursor = 0
  private var slot = 0

  init(plan: ReadPlan, header: VariantHeader) {
    isByFirstBase = plan.isByFirstBase
    names = plan.names.map { Array($0.utf8) }
    test = plan.test.map { CompiledSiteTest($0, header: header) }
    places = plan.regions.map { regions in
      var places = Array(repeating: Places(), count: Contig.allCases.count + 1)
      for region in regions.regions {
        places[Int(region.contig.rawValue)].starts.append(region.start)
        places[Int(region.contig.rawValue)].ends.append(region.end)
      }
      return places
    }
  }

  var isOpen: Bool { places == nil }

  /// Whether one of the words stands in some text, if only as part of another.
  func isNamed(in text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    names.contains { unsafe ck_contains(text + start, max(0, end - start), $0, $0.count) != 0 }
  }

  /// The start of the first region that ends behind `start`; nil when there is none, so that nothing that begins here can lie
  /// in a region.
  ///
  /// - Parameter start: 0-based.
  mutating func nextRegion(_ contig: Contig?, from start: Int) -> Int? {
    guard let places else { return start }
    guard let contig else { return nil }
    if Int(contig.rawValue) != slot {
      slot = Int(contig.rawValue)
      cursor = 0
    }
    let ends = places[slot].ends
    if cursor > 0, ends[cursor - 1] > start { cursor = 0 }
    if cursor < ends.count, ends[cursor] <= start {
      cursor += 1
      if cursor < ends.count, ends[cursor] <= start {
        var low = cursor + 1
        var high = ends.count
        while low < high {
          let middle = (low + high) / 2
          if ends[middle] <= start { low = middle + 1 } else { high = middle }
        }
        cursor = low
      }
    }
    return cursor < ends.count ? places[slot].starts[cursor] : nil
  }
}
