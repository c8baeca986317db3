/// What Kubernetes puts around messages: a magic word and the kind, and the frames of a watch.
enum ProtobufEnvelope {
  static let mediaType = "application/vnd.kubernetes.protobuf"

  /// Everything before the object's own message of that many bytes.
  static func head(apiVersion: String, kind: String, byteCount: Int) -> [UInt8] {
    var typeMeta: [UInt8] = []
    typeMeta.append(field: 1, apiVersion.utf8)
    typeMeta.append(field: 2, kind.utf8)
    var bytes = Array("k8s\u{0}".utf8)
    bytes.append(field: 1, typeMeta)
    bytes.appendHead(2, byteCount: byteCount)
    return bytes
  }

  /// Everything behind it: no content encoding, no content type.
  static let tail: [UInt8] = [0x1A, 0, 0x22, 0]

  static func envelope(
    _ message: some Collection<UInt8>,
    apiVersion: String,
    kind: String
  ) -> [UInt8] {
    var bytes = head(apiVersion: apiVersion, kind: kind, byteCount: message.count)
    bytes.reserveCapacity(bytes.count + message.count + tail.count)
    bytes.append(contentsOf: message)
    return bytes + tail
  }

  /// One event of a watch behind its length.
  static func frame(type: String, _ object: [UInt8]) -> [UInt8] {
    var raw: [UInt8] = []
    raw.appendHead(1, byteCount: object.count)
    var event: [UInt8] = []
    event.append(field: 1, type.utf8)
    event.appendHead(2, byteCount: raw.count + object.count)
    event += raw
    let count = UInt32(event.count + object.count)
    var frame = withUnsafeBytes(of: count.bigEndian) { Array($0) }
    frame.reserveCapacity(4 + event.count + object.count)
    frame += event
    frame += object
    return frame
  }
}
