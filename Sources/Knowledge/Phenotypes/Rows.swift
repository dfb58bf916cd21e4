/// Lists of different lengths, one behind the other in memory.
struct Rows<Element: Sendable>: Sendable {
  private(set) var starts: [Int32] = [0]
  private(set) var elements: [Element] = []

  var count: Int { starts.count - 1 }

  subscript(row: Int) -> ArraySlice<Element> { elements[Int(starts[row])..<Int(starts[row + 1])] }

  mutating func add(_ row: some Sequence<Element>) {
    elements.append(contentsOf: row)
    starts.append(Int32(elements.count))
  }

  init() {}

  /// Puts items into `count` lists, each in the order in which its items come.
  ///
  /// - Parameters:
  ///   - filler: any element, for places that are not filled yet.
  ///   - forEach: hands over every item with the number of its list; it is called twice, to count and to fill.
  init(count: Int, filling filler: Element, _ forEach: ((Int, Element) -> Void) -> Void) {
    var starts = [Int32](repeating: 0, count: count + 1)
    forEach { row, _ in starts[row + 1] += 1 }
    for row in 0..<count { starts[row + 1] += starts[row] }
    var elements = [Element](repeating: filler, count: Int(starts[count]))
    var next = starts
    forEach { row, element in
      elements[Int(next[row])] = element
      next[row] += 1
    }
    self.starts = starts
    self.elements = elements
  }
}
