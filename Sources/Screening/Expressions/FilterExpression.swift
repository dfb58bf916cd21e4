public import Model

/// A filter expression in the language of bcftools, with consequences and families besides, compiled for one file's header.
///
///     let rare = try FilterExpression("QUAL>30 && INFO/AF<0.01 && CSQ.IMPACT>=MODERATE", header: header, resources: .init())
///     var selection = Selection(all: batch.count)
///     rare.clear(&selection, in: batch)  // the rows that are left are selected
///
/// Beyond bcftools' language (its manual, section EXPRESSIONS):
///
/// - `!(…)` and `not …`: the records that the test does not select.
/// - `CSQ.Consequence is_a "inframe_variant"`, `CSQ.IMPACT >= MODERATE`, `CSQ.gnomADe_AF < 0.01`: true when one entry of
///   the annotation is so. `&` asks all of one entry, `&&` does not.
/// - `kid.het && mom.hom_ref && kid.GQ >= 20`, `affected.alt`, `unaffected.hom_ref`: with a pedigree; true when it is so for one
///   child, or one family, of the file.
/// - `IN_PANEL("epilepsy")`, `IN_REGIONS("file.bed")`: whether POS is inside.
public struct FilterExpression: Sendable {
  private let program: ExpressionProgram
  private let condition: RowCondition
  private let familyWords: Set<FamilyWord>
  /// What a reader may ask of a record's site columns before it decodes anything else: a necessary condition, never stronger
  /// than the expression. Nil when the site columns tell nothing.
  public let siteTest: SiteTest?
  /// Whether the site test says all that the expression says, so that records of a text file that passed it are selected.
  public let isWholeSiteTest: Bool

  /// Compiles an expression.
  ///
  /// - Throws: an `ExpressionError` that points into the text, for whatever could be wrong with it: nothing fails later.
  public init(_ text: String, header: VariantHeader, resources: ExpressionResources) throws(ExpressionError) {
    var compiler = ExpressionCompiler(text, header: header, resources: resources)
    let root = try compiler.compile()
    program = compiler.program
    familyWords = compiler.familyWords
    condition = RowCondition(root, of: program)
    siteTest = program.siteTest(root)
    isWholeSiteTest = program.isWholeSiteTest(root)
  }

  /// Clears the rows of `selection` that the expression does not select.
  ///
  /// Pure, so that any number of batches can be judged at once.
  public func clear(_ selection: inout Selection, in batch: VariantBatch) {
    var evaluator = BatchEvaluator(program, familyWords: familyWords, batch)
    let selected = evaluator.select(condition, among: RowMask(selection))
    for row in selection where !selected.contains(row) { selection.clear(row) }
  }
}
