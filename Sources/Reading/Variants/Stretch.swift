/// A piece of a variant file as it lies there, of about a mebibyte: what a worker takes to inflate, split into lines, and sift.
///
/// A stretch is cut where it is cheap to cut, not where lines end. Whoever reads it finds the end of a line at its front and the
/// beginning of one at its back; `RecordFold` puts those together again.
public struct Stretch: Sendable {
  enum Content: Sendable {
    /// Whole BGZF blocks; of the first one some bytes are not wanted, of the last one only so many (all where nil).
    case blocks([UInt8], skip: Int = 0, keep: Int? = nil)
    /// Text, inflated already or never compressed.
    case text([UInt8])
    /// Places in the file that an index names; the worker reads the blocks itself.
    case places([IndexedPlace], of: RandomAccessFile)
  }

  /// How a stretch hangs together with its neighbours.
  enum Join: Sendable {
    /// It begins with a line of its own, and may end within one.
    case leading
    /// It may begin and end within a line.
    case within
    /// It has nothing but whole lines.
    case whole
  }

  var content: Content
  var join: Join
  /// Whether the rules of the specification are checked on its records, beside their structure.
  var isChecked = false
  /// Of a BCF file: what the stretch before has of this one's first record, and where this one puts the beginning of its last.
  var incoming: RecordCut?
  var outgoing: RecordCut?
  /// Whether its records are only checked: they will be met again through the index.
  var isOnlyChecked = false
}
