internal import Model

/// A compiled expression: flat tables of nodes that name each other by index, and the conditions that they hang on.
///
/// Nodes are plain numbers, so that walking them costs no reference counting; whatever needs memory (keys, patterns, lists)
/// lies in a table beside them.
struct ExpressionProgram: Sendable {
  var numbers: [NumberNode] = []
  var texts: [TextNode] = []
  var tests: [TestNode] = []
  /// For each number, text and test node: which samples it speaks of, as a place in `masks`; -1 for none.
  var numberMasks: [Int] = []
  var textMasks: [Int] = []
  var testMasks: [Int] = []
  /// One flag a sample of the file.
  var masks: [[Bool]] = []
  var infoFields: [InfoField] = []
  var formatFields: [FormatField] = []
  var constants: [TextConstant] = []
  var patterns: [PosixPattern] = []
  var lists: [Set<[UInt8]>] = []
  var filterSets: [[[UInt8]]] = []
  var regions: [RegionSet] = []
  var entryTests: [EntryTests] = []
  var family = FamilyBindings()
  var sampleCount = 0
}

/// Which values of a field are meant.
enum FieldElements: Sendable, Equatable {
  case all
  case one(Int)
  /// Flags by place; `isOpen` when everything behind the last flag is meant too.
  case some([Bool], isOpen: Bool)

  func contains(_ index: Int) -> Bool {
    switch self {
    case .all: true
    case .one(let one): one == index
    case .some(let flags, let isOpen): index < flags.count ? flags[index] : isOpen
    }
  }
}

enum FieldKind: Sendable, Equatable {
  case integer, float, text, flag
}

struct InfoField: Sendable, Equatable {
  var key: [UInt8]
  var kind: FieldKind
  /// The header says `Number=1`: a subscript then means nothing, as in bcftools.
  var isSingle: Bool
  var elements: FieldElements
}

struct FormatField: Sendable, Equatable {
  var key: [UInt8]
  var kind: FieldKind
  var elements: FieldElements
}

/// A text in quotes, cut at its commas: any of the parts may match.
struct TextConstant: Sendable, Equatable {
  var bytes: [UInt8]
  var parts: [Range<Int>]

  init(_ text: String) {
    bytes = Array(text.utf8)
    parts = []
    TextParts.append(0..<bytes.count, of: bytes, to: &parts)
  }
}

/// Values cut at commas as bcftools cuts them: an empty part at the very end is none.
enum TextParts {
  static func append(_ range: Range<Int>, of text: [UInt8], to parts: inout [Range<Int>]) {
    var start = range.lowerBound
    while start < range.upperBound {
      var end = start
      while end < range.upperBound, text[end] != UInt8(ascii: ",") { end &+= 1 }
      parts.append(start..<end)
      start = end + 1
    }
  }
}

enum ArithmeticOperator: Sendable {
  case add, subtract, multiply, divide, remainder
}

enum SummaryFunction: Sendable {
  case maximum, minimum, mean, median, deviation, sum
}

enum AlleleStatistic: Sendable {
  case count, number, frequency, minorCount, minorFrequency
}

/// Where a number comes from. A node yields any number of values, for the record or for each sample.
enum NumberNode: Sendable {
  case constant(Double)
  case quality, position, alternateCount, alleleLength
  case missingCount(isFraction: Bool)
  case statistic(AlleleStatistic, element: Int)
  case flag(Int)
  case info(Int)
  case format(Int)
  /// A FORMAT field of the sample that a family word stands for.
  case member(FamilyWord, field: Int)
  /// Share of the reads (AD) that are not of the reference, of the sample that a family word stands for.
  case balance(FamilyWord, field: Int)
  case arithmetic(ArithmeticOperator, Int, Int)
  case summary(SummaryFunction, Int)
  case perSample(SummaryFunction, Int)
  case absolute(Int)
  case phred(Int)
  /// Two values, or one node whose values GT chooses (`second` is -1).
  case binomial(Int, Int)
  case countValues(Int)
  case countTexts(Int)
  case countPassing(Int)
  case passing(Int, isFraction: Bool)
  case textLength(Int)
}

enum GenotypeWordKind: Sendable {
  /// `hom`, `het`, `hap`.
  case zygosity
  /// `ref`, `alt`, `mis`.
  case presence
  /// `rr`, `ra`, `aa`, `aA`, `r`, `a`.
  case letters
}

enum TextNode: Sendable {
  case constant(Int)
  case chromosome, reference, id
  /// ALT, all of it or one allele.
  case alternate(Int)
  case info(Int)
  case format(Int)
  case genotype(Int)
  case genotypeWord(GenotypeWordKind)
}

enum FilterOperator: Sendable {
  case equal, notEqual, contains, lacks
}

/// A question with an answer for the record, and for each sample where it speaks of samples.
enum TestNode: Sendable {
  case numbers(SiteTest.Comparison, Int, Int)
  case texts(isEqual: Bool, Int, Int)
  case pattern(isLike: Bool, Int, pattern: Int)
  case list(isEqual: Bool, Int, list: Int)
  case id(isEqual: Bool, constant: Int)
  case idPattern(isLike: Bool, pattern: Int)
  case idList(isEqual: Bool, list: Int)
  case filter(FilterOperator, Int)
  /// TYPE as a whole, or (`~`) one of the types.
  case type(isEqual: Bool, AlleleTypes)
  case typeShared(isLike: Bool, AlleleTypes)
  case entries(Int)
  case member(FamilyWord, GenotypeColumns.Plane)
  case regions(Int)
  case both(Int, Int, sameSample: Bool)
  case either(Int, Int, eachSample: Bool)
  case not(Int)
  /// The test inside holds for every member of a group; vacuously for nobody only where `unaffected`.
  case everyMember(FamilyWord, Int)
}
