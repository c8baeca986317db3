import Synchronization
import WireFormats

/// The protobuf of a list, in pieces of the objects' own messages.
///
/// A message says its length before it begins, so that all objects are encoded before the first piece;
/// each keeps its bytes for the next list.
final class ProtobufListBody: PieceSource {
  private struct Progress {
    var head: [UInt8]
    var nextItem = 0
    var hasEnded = false
  }

  private let items: [ArraySlice<UInt8>]
  private let progress: Mutex<Progress>

  init(_ objects: [StoredObject], _ representation: Representation, metadata: JSONValue) {
    items = objects.map(representation.item)
    var message = Self.listMetadata(metadata)
    let itemBytes = items.reduce(0) { $0 + Self.itemHead($1).count + $1.count }
    let (apiVersion, kind) = representation.presentation.kind(of: representation.resource)
    message =
      ProtobufEnvelope.head(
        apiVersion: apiVersion,
        kind: "\(kind)List",
        byteCount: message.count + itemBytes
      ) + message
    progress = Mutex(Progress(head: message))
  }

  func whole() -> [UInt8] {
    var bytes: [UInt8] = []
    while let piece = piece() { bytes += piece }
    return bytes
  }

  func next() async throws -> [UInt8]? { piece() }

  private func piece() -> [UInt8]? {
    progress.withLock { progress in
      guard !progress.hasEnded else { return nil }
      var bytes = progress.head
      progress.head = []
      let size = ListPieces.size(isFirst: progress.nextItem == 0)
      bytes.reserveCapacity(size + ListPieces.usualItem)
      while progress.nextItem < items.count, bytes.count < size {
        let item = items[progress.nextItem]
        bytes += Self.itemHead(item)
        bytes += item
        progress.nextItem += 1
      }
      if progress.nextItem == items.count {
        bytes += ProtobufEnvelope.tail
        progress.hasEnded = true
      }
      return bytes
    }
  }

  /// The list's own metadata, its first field.
  private static func listMetadata(_ metadata: JSONValue) -> [UInt8] {
    guard let index = ProtobufSchema.shared.index(of: "meta.ListMeta") else { return [] }
    var bytes: [UInt8] = []
    bytes.append(field: 1, ProtobufEncoder.encode(metadata.encoded(), as: index))
    return bytes
  }

  private static func itemHead(_ item: ArraySlice<UInt8>) -> [UInt8] {
    var head: [UInt8] = []
    head.appendHead(2, byteCount: item.count)
    return head
  }
}
