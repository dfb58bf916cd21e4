internal import Foundation
public import Model

/// The stores of a folder for one assembly.
public struct KnowledgeBase: Sendable {
  /// In the order of their names.
  public let stores: [AlleleStore]

  public init(stores: [AlleleStore]) {
    self.stores = stores
  }

  /// Opens every store of a folder; one without any, or that is not there, is empty.
  ///
  /// Stores of the other assembly are passed over; a file that cannot be used is an error, since a source that fell away in
  /// silence would look like alleles that nobody knows.
  public init(folder: String, assembly: Assembly) throws(KnowledgeError) {
    var stores: [AlleleStore] = []
    for path in try Self.files(in: folder) {
      let store = try AlleleStore(path: path)
      if store.metadata.assembly == assembly.rawValue { stores.append(store) }
    }
    self.stores = stores
  }

  /// Paths of the store files of a folder, in the order of their names; none where there is no such folder.
  public static func files(in folder: String) throws(KnowledgeError) -> [String] {
    if !FileManager.default.fileExists(atPath: folder) { return [] }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw KnowledgeError(.unreadable, at: .init(file: folder))
    }
    return names.filter { $0.hasSuffix(".\(StoreMetadata.fileExtension)") && !$0.hasPrefix(".") }.sorted()
      .map { folder + "/" + $0 }
  }
}
