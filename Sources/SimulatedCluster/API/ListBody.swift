import Synchronization
import WireFormats

/// The JSON of a list, made in pieces from the objects' own JSON, so that a big list is never in memory twice.
final class ListBody: PieceSource {

  private let objects: [StoredObject]
  private let representation: Representation
  private let metadata: JSONValue
  /// The next object; one past the last stands for the end of the list, two for nothing left.
  private let position = Mutex(0)

  init(
    _ objects: [StoredObject],
    _ representation: Representation,
    metadata: JSONValue
  ) {
    self.objects = objects
    self.representation = representation
    self.metadata = metadata
  }

  func whole() -> [UInt8] {
    var bytes: [UInt8] = []
    while let piece = piece() { bytes += piece }
    return bytes
  }

  func next() async throws -> [UInt8]? { piece() }

  private func piece() -> [UInt8]? {
    position.withLock { position in
      guard position <= objects.count else { return nil }
      var bytes = position == 0 ? head : []
      let size = ListPieces.size(isFirst: position == 0)
      bytes.reserveCapacity(size + ListPieces.usualItem)
      while position < objects.count, bytes.count < size {
        if position > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes += representation.item(of: objects[position])
        position += 1
      }
      if position == objects.count {
        bytes += tail
        position += 1
      }
      return bytes
    }
  }

  private var resource: ServedResource { representation.resource }
  private var presentation: Presentation { representation.presentation }

  private var head: [UInt8] {
    if presentation == .metadataOnly {
      return Array(
        "{\"kind\":\"PartialObjectMetadataList\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":"
          .utf8
      ) + metadata.encoded() + Array(",\"items\":[".utf8)
    }
    if resource.isCustom {
      return Array("{\"apiVersion\":\"\(resource.apiVersion)\",\"items\":[".utf8)
    }
    return Array(
      "{\"kind\":\"\(resource.kind)List\",\"apiVersion\":\"\(resource.apiVersion)\",\"metadata\":"
        .utf8
    ) + metadata.encoded() + Array(",\"items\":[".utf8)
  }

  private var tail: [UInt8] {
    guard resource.isCustom, presentation == .whole else { return Array("]}\n".utf8) }
    return Array("],\"kind\":\"\(resource.kind)List\",\"metadata\":".utf8) + metadata.encoded()
      + Array("}\n".utf8)
  }
}
