/// As much of protobuf as kubectl needs who sends its reviews that way: fields that are texts or messages.
struct ProtobufMessage {
  private var fields: [Int: ArraySlice<UInt8>] = [:]

  /// What Kubernetes puts around a message: a magic word, and the kind before the message itself.
  init?(enveloped bytes: [UInt8]) {
    let magic = Array("k8s\u{0}".utf8)
    guard bytes.starts(with: magic), let envelope = ProtobufMessage(bytes[magic.count...]),
      let message = envelope.message(2)
    else { return nil }
    self = message
  }

  private init?(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while !rest.isEmpty {
      guard let tag = Self.number(&rest) else { return nil }
      switch tag & 7 {
      case 0: guard Self.number(&rest) != nil else { return nil }
      case 2:
        guard let length = Self.number(&rest), length <= rest.count else { return nil }
        fields[Int(tag >> 3)] = rest.prefix(Int(length))
        rest = rest.dropFirst(Int(length))
      default: return nil
      }
    }
  }

  func message(_ field: Int) -> ProtobufMessage? {
    fields[field].flatMap { ProtobufMessage($0) }
  }

  func text(_ field: Int) -> String? {
    fields[field].map { String(decoding: $0, as: UTF8.self) }
  }

  private static func number(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = bytes.popFirst() else { return nil }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }
}
