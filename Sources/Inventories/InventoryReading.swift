package import KubernetesObjects

/// All that an inventory told at one time.
package struct InventoryReading: Sendable {
  package let content: InventoryContent
  package let recordCount: Int
  /// Records, and parts of records, that could not be used; the first few and how many more there are.
  package let problems: [String]
}

/// What tells whether an inventory has changed since it was read.
struct ReadingMark: Sendable, Equatable {
  /// A page that was asked for, and what its server calls its state.
  struct Page: Sendable, Equatable {
    let url: String
    let entityTag: String
  }

  /// All pages; none where not all of them have a tag.
  var pages: [Page] = []
  var digest: Int?
  var file: FileStamp?
}

/// Where an inventory's records are read.
protocol RecordSource: Sendable {
  /// Reads all records; answers `nil` where they are those of the reading with this mark.
  func read(since mark: ReadingMark?) async throws(InventoryError) -> (
    reading: InventoryReading, mark: ReadingMark
  )?
}
