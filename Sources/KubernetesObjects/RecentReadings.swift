import WireFormats

/// What was read lately, by the digest of the bytes that it was read from, so that it need not be read
/// again: each in the one slot that its digest decides.
struct RecentReadings<Value: Sendable>: Sendable {
  private struct Reading: Sendable {
    let digest: ByteDigest
    let value: Value
  }

  private var slots: [Reading?] = []
  /// How many readings took the places of others since the table grew.
  private var losses = 0

  /// What bytes with this digest were read as; `nil` where that is not known, or no longer.
  subscript(digest: ByteDigest) -> Value? {
    get {
      guard !slots.isEmpty, let reading = slots[slot(of: digest)], reading.digest == digest else {
        return nil
      }
      return reading.value
    }
    set {
      if slots.isEmpty || losses > slots.count && slots.count < SharingPool.limit { grow() }
      let slot = slot(of: digest)
      if slots[slot] != nil { losses += 1 }
      slots[slot] = newValue.map { Reading(digest: digest, value: $0) }
    }
  }

  /// Reads a value, but where the same bytes were read lately.
  mutating func value(
    from reader: inout FieldReader,
    by read: (inout FieldReader) throws(WireError) -> Value
  ) throws(WireError) -> Value {
    var digest = ByteDigest()
    let known = try reader.readAhead { reader throws(WireError) in
      try reader.skip(into: &digest)
      return self[digest]
    }
    if let known { return known }
    let value = try read(&reader)
    self[digest] = value
    return value
  }

  private func slot(of digest: ByteDigest) -> Int { digest.tableHash & (slots.count - 1) }

  private mutating func grow() {
    let readings = slots.compactMap(\.self)
    slots = Array(repeating: nil, count: max(16, slots.count * 4))
    losses = 0
    for reading in readings { slots[slot(of: reading.digest)] = reading }
  }
}
