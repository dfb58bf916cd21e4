extension CaseFile {
  /// Paths of its variant and alignment files as the program opens them, whether they are there or not.
  public var paths: (variants: [String], alignments: [String]) {
    (variants.map(InputFile.path), alignments.map { InputFile.path($0.path) })
  }

  /// Paths of all files that it names, and its own; a panel's name leads to no file as a rule.
  public var allPaths: [String] {
    let others = ([pedigree, reference].compactMap { $0 } + panels).map(InputFile.path)
    return [path, reviewFile].compactMap { $0 } + paths.variants + paths.alignments + others
  }
}
