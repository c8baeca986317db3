import Glibc
import UserConfiguration
import YAMLReading

/// What tells a file from what it was before.
struct FileStamp: Sendable, Equatable {
  private let seconds: Int
  private let nanoseconds: Int
  private let size: Int
  private let number: UInt64

  init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
    size = Int(status.st_size)
    number = UInt64(status.st_ino)
  }
}

/// The records of a file.
struct FileRecords: RecordSource {
  /// Larger files are no inventories.
  private static let megabytes = 1024

  let path: String
  let format: InventorySource.Format
  let settings: InventorySettings

  func read(since mark: ReadingMark?) async throws(InventoryError) -> (
    reading: InventoryReading, mark: ReadingMark
  )? {
    // Before it is read: what is written meanwhile makes another stamp.
    let stamp = FileStamp(of: path)
    if let stamp, stamp == mark?.file { return nil }
    let text: String?
    do {
      text = try FileText.text(of: path, megabytes: Self.megabytes)
    } catch {
      throw .unreadableFile(path: path, reason: error.reason)
    }
    guard let text else {
      throw .unreadableFile(path: path, reason: "there is no such file")
    }
    var collection = RecordCollection(settings)
    do {
      _ = try collection.add(
        Array(text.utf8),
        as: format,
        records: settings.source.records,
        mapping: RecordMapping(settings),
        named: path
      )
    } catch {
      throw .nonsense(place: "\(path):\(error.line)", reason: error.reason)
    }
    let reading = try collection.reading(from: path)
    return (reading, ReadingMark(digest: collection.digest, file: stamp))
  }
}
