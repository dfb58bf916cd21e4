import Model
import Reading
import Screening

extension PreparedCase {
  /// What a shard of the case finds in each variant file.
  func parts(of shard: Batch.Shard, _ session: Session) throws -> [FilePart] {
    try inputs.variants.indices.map { index in
      let request = FileRequest<ShardYield>(
        plan: screen.readPlan(of: index, size: opened.sizes[index]),
        judge: judge(of: index) { screen, batch, file, lookup in
          var hits = try screen.hits(in: batch, of: file, with: lookup)
          let rows = screen.findingRows(of: hits, in: batch, of: file).map { FilePart.Row($0, of: batch) }
          hits.keepCounts()
          return ShardYield(counts: hits, rows: rows)
        })
      do {
        return try shardRecords(of: try opened.take(index), request: request, shard: shard, session: session)
      } catch let error as ScreenError {
        throw Failure(error, in: fileNames[index])
      }
    }
  }

  /// The hits of every variant file from the parts of all shards, as `screened` would have found them.
  ///
  /// - Parameter parts: those of each shard, one a file.
  func screened(from parts: [[FilePart]], _ session: Session) throws -> (
    results: [Hits], secondary: [[Hits]], warnings: [Wording]
  ) {
    let sampling = inputs.variants.indices.flatMap { screen.sampling(of: $0, size: opened.sizes[$0]) }
    let collected = try collect(
      session, count: { screen.count($0, of: $1, in: &$2) },
      read: { index in
        let request = FileRequest<Hits>(
          plan: screen.readPlan(of: index, size: opened.sizes[index]),
          judge: judge(of: index) { try $0.hits(in: $1, of: $2, with: $3) })
        return try foldParts(
          parts.map { $0[index] }, of: try opened.take(index), request: request,
          findings: judge(of: index) { try $0.findings(in: $1, of: $2, with: $3) }, session: session,
          counted: { screen.hits(counting: $0, of: index) })
      },
      nothing: { try screen.hits(in: VariantBatch(), of: $0, with: screen.lookup(reference: nil, of: relatives)) })
    return (collected.results, [], sampling + collected.warnings)
  }
}
