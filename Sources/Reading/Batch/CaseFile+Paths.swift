extension CaseFile {
  /// Paths of its variant and alignment files as the program opens them, whether they are there or not.
  public var paths: (variants: [String], alignments: [String]) {
    (variants.map(InputFile.path), alignments.map { InputFile.path($0.path) })
  }
}
