public import Model

/// A rule of the VCF specification (4.1 to 4.5) that a file can break.
///
/// The raw value is a stable name for logs and JSON. Structural rules are errors, since a record or header that breaks them
/// cannot be trusted; the others are warnings.
public enum FormatRule: String, Sendable, Hashable, CaseIterable, Codable, CodingKeyRepresentable {
  // Header.
  case fileFormat = "file-format"
  case metaSyntax = "meta-syntax"
  case metaUnclosed = "meta-unclosed"
  case metaQuote = "meta-quote"
  case metaIdentifier = "meta-id"
  case metaNumber = "meta-number"
  case metaType = "meta-type"
  case metaDescription = "meta-description"
  case metaReserved = "meta-reserved"
  case metaDuplicate = "meta-duplicate"
  case metaValue = "meta-value"
  case columnLine = "column-line"
  case columnSeparator = "column-separator"
  case sampleDuplicate = "sample-duplicate"
  case sampleName = "sample-name"
  case encoding
  // Lines.
  case lineLength = "line-length"
  case finalNewline = "final-newline"
  case notBinary = "not-binary"
  case undeclaredInBinary = "undeclared-in-binary"
  case blankLine = "blank-line"
  case headerAmongRecords = "header-among-records"
  case columnCount = "column-count"
  case controlCharacter = "control-character"
  // Fixed columns.
  case chromosome
  case contigUndeclared = "contig-undeclared"
  case position
  case positionBeyondContig = "position-beyond-contig"
  case identifier = "id"
  case identifierDuplicate = "id-duplicate"
  case reference
  case referenceAmbiguous = "reference-ambiguous"
  case alternateEmpty = "alternate-empty"
  case alternate
  case alternateDuplicate = "alternate-duplicate"
  case quality
  case qualityNegative = "quality-negative"
  case filter
  case filterUndeclared = "filter-undeclared"
  // INFO.
  case infoKey = "info-key"
  case infoDuplicate = "info-duplicate"
  case infoUndeclared = "info-undeclared"
  case infoType = "info-type"
  case infoNumber = "info-number"
  case infoRange = "info-range"
  case infoEnd = "info-end"
  case structuralVariant = "structural-variant"
  // FORMAT and samples.
  case formatKey = "format-key"
  case formatDuplicate = "format-duplicate"
  case formatUndeclared = "format-undeclared"
  case genotypeFirst = "genotype-first"
  case genotype
  case genotypeRange = "genotype-range"
  case sampleFields = "sample-fields"
  case sampleType = "sample-type"
  case sampleNumber = "sample-number"
  // Among records.
  case unsorted
  case contigScattered = "contig-scattered"
  case recordDuplicate = "record-duplicate"

  /// Whether a breach makes the file unfit to read, in lenient reading too.
  public var isStructural: Bool {
    switch self {
    case .columnLine, .sampleDuplicate, .lineLength, .headerAmongRecords, .columnCount, .position, .reference,
      .alternateEmpty, .quality, .infoEnd:
      true
    default: false
    }
  }

  /// What is wrong, as the beginning of a sentence that ends with the text found.
  public var sentence: Wording {
    switch self {
    case .fileFormat: "the first line is not ##fileformat=VCFv4.1 to VCFv4.5"
    case .metaSyntax: "a ## line is not ##key=value"
    case .metaUnclosed: "a ## line lacks its closing '>' or quotation mark"
    case .metaQuote: "a ## line has quotation marks that are not escaped, or where none may be"
    case .metaIdentifier: "the ID of a ## line is missing or not allowed"
    case .metaNumber: "the Number of a ## line is missing or not allowed"
    case .metaType: "the Type of a ## line is missing or not allowed"
    case .metaDescription: "the Description of a ## line is missing or not in quotation marks"
    case .metaReserved: "a reserved key is declared otherwise than in the VCF specification"
    case .metaDuplicate: "the same ID is declared twice"
    case .metaValue: "the value of a ## line is not allowed"
    case .columnLine: "the #CHROM line is missing or its columns are wrong"
    case .columnSeparator: "the columns are separated by spaces instead of tabs"
    case .sampleDuplicate: "two sample columns have the same name"
    case .sampleName: "a sample name is empty or has white space at its ends"
    case .encoding: "the text is not UTF-8"
    case .lineLength: "the line is longer than 1 GiB"
    case .finalNewline: "the last line does not end with a newline"
    case .notBinary: "BCF cannot hold the record"
    case .undeclaredInBinary: "the record uses a name that the header does not declare, which BCF cannot hold"
    case .blankLine: "the line is blank"
    case .headerAmongRecords: "a header line stands among the records"
    case .columnCount: "the number of columns differs from the #CHROM line's"
    case .controlCharacter: "the line holds a control character"
    case .chromosome: "CHROM holds characters that are not allowed"
    case .contigUndeclared: "CHROM is not among the ##contig lines"
    case .position: "POS is not a whole number from 0 to 2147483647"
    case .positionBeyondContig: "POS lies beyond the end of the contig"
    case .identifier, .identifierDuplicate: "ID holds white space, an empty part or the same identifier twice"
    case .reference: "REF is empty or is no sequence of bases"
    case .referenceAmbiguous: "REF is something else than A, C, G, T and N"
    case .alternateEmpty: "ALT holds an empty allele"
    case .alternate: "an ALT allele is neither bases, '*', a symbol nor a breakend"
    case .alternateDuplicate: "ALT names the same allele twice, or the reference"
    case .quality: "QUAL is neither a number nor '.'"
    case .qualityNegative: "QUAL is negative"
    case .filter: "FILTER is not PASS, '.' or a list of distinct filter names"
    case .filterUndeclared: "FILTER names a filter without ##FILTER line"
    case .infoKey: "INFO has an empty or malformed key or entry"
    case .infoDuplicate: "INFO has the same key twice"
    case .infoUndeclared: "INFO has a key without ##INFO line"
    case .infoType: "the value of an INFO key is not of its declared Type"
    case .infoNumber: "an INFO key has another number of values than declared"
    case .infoRange: "the value of an INFO key is out of its range"
    case .infoEnd: "INFO/END is beyond 536870912, the last position that an index can hold"
    case .structuralVariant: "the INFO keys of a structural variant are missing or contradict each other"
    case .formatKey: "FORMAT has an empty or malformed key"
    case .formatDuplicate: "FORMAT has the same key twice"
    case .formatUndeclared: "FORMAT has a key without ##FORMAT line"
    case .genotypeFirst: "GT is not the first key of FORMAT"
    case .genotype: "GT is not a genotype"
    case .genotypeRange: "GT names an allele that the record does not have"
    case .sampleFields: "a sample has more values than FORMAT has keys"
    case .sampleType: "the value of a FORMAT key is not of its declared Type"
    case .sampleNumber: "a FORMAT key has another number of values than declared"
    case .unsorted: "the records are not sorted by position"
    case .contigScattered: "the records of a contig do not stand together"
    case .recordDuplicate: "the same allele stands in two records"
    }
  }

  /// What to do about it.
  public var remedy: String {
    switch self {
    case .unsorted, .contigScattered: "sort the file, for example with bcftools sort"
    case .fileFormat, .metaSyntax, .metaUnclosed, .metaQuote, .metaIdentifier, .metaNumber, .metaType,
      .metaDescription, .metaReserved, .metaDuplicate, .metaValue:
      "correct the header, for example with bcftools reheader"
    case .columnSeparator: "read with every run of spaces as one tab; make the file again with tabs"
    case .columnLine: "give the nine tab-separated names of the VCF specification, then the samples"
    case .sampleDuplicate, .sampleName: "rename the samples, for example with bcftools reheader -s"
    case .contigUndeclared, .filterUndeclared, .infoUndeclared, .formatUndeclared: "declare it in the header"
    case .finalNewline: "check that the file is whole"
    case .notBinary: "correct the line, or write VCF with -O z"
    case .undeclaredInBinary: "declare it in the header, or write VCF with -O z"
    case .headerAmongRecords: "join files with bcftools concat"
    default: "correct the line or make the file again"
    }
  }
}
