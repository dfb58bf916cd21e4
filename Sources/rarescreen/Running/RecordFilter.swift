import Foundation
import Model
import Reading
import Screening

/// A filter made ready for one file: the plan for the reader, and what is asked of the records that the reader lets through.
struct RecordFilter: Sendable {
  /// How many records there were, and how many were kept.
  struct Counts: Sendable {
    var records: Int
    var kept: Int
  }

  private let plan: ReadPlan
  /// Regions that records must overlap: of the panels, of the BED files. The plan lets more through.
  private let regions: [RegionSet]
  private let expression: FilterExpression?

  /// - Throws: what is wrong with the expression, a panel, regions or the pedigree.
  init(_ options: FilterOptions, header: VariantHeader, session: Session) throws {
    let places = PlaceFinder(options, header: header, session: session)
    let pedigree = try options.ped.map { try PedigreeFile(path: $0) }
    session.warn(pedigree?.warnings ?? [])
    let resources = ExpressionResources(
      pedigree: pedigree?.pedigree, list: { try Self.lines(of: $0) }, region: { try places.regions(ofBED: $0) },
      panel: { try places.regions(ofPanel: $0) })
    expression = try options.expression.map { try FilterExpression($0, header: header, resources: resources) }
    let panels = try options.panel.isEmpty ? nil : places.regions(ofPanels: options.panel)
    let rows = try options.regions.isEmpty ? nil : places.regions(ofBEDs: options.regions)
    plan = ReadPlan(regions: rows ?? panels, test: expression?.siteTest)
    regions = [rows, panels].compactMap { $0 }
  }

  /// Reads the file and writes what it selects.
  func run(on file: consuming sending VariantFile, into target: RecordTarget, session: Session) throws -> Counts {
    var file = file
    if session.options.usesIndex, let remark = try file.useIndex(for: plan, isCounted: false) { session.warn([remark]) }
    let encoding = target.encoding
    let isDecided = expression?.isWholeSiteTest == true && file.layout.isText
    let received = try target.receive(
      from: file, plan: plan, session: session, tools: { try encoding.encoder() },
      drain: { (kept: inout KeptRecords, writer) in try kept.drain(into: writer) },
      body: { encoder, batch in
        let selection = select(batch, isDecided: isDecided && !batch.isUndecided)
        return KeptRecords(bytes: try encoder.encode(batch, rows: selection), count: selection.selectedCount)
      })
    return Counts(records: received.records, kept: received.yield?.count ?? 0)
  }

  /// - Parameter isDecided: whether the reader has asked all that the expression asks.
  private func select(_ batch: VariantBatch, isDecided: Bool) -> Selection {
    var selection = Selection(all: batch.count)
    for regions in regions { batch.clear(&selection, outside: regions) }
    if !isDecided { expression?.clear(&selection, in: batch) }
    return selection
  }

  private static func lines(of path: String) throws -> [String] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(
        .missingInput, "\(path): the list that the expression names cannot be read; check the spelling and the folder")
    }
    return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
  }
}
