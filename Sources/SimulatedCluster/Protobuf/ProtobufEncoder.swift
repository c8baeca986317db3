import Foundation
import Synchronization
import WireFormats

/// Writes the JSON of a stored object as the protobuf message of its kind, as a real server writes it.
///
/// The fields of a message come in the order of their numbers, those that are never left out among them.
/// JSON has them in another order, so each message is first put down piece by piece, then put together.
struct ProtobufEncoder {
  /// A field that is written already, in the messages that are open.
  private struct Piece {
    let slot: Int
    let range: Range<Int>
  }

  /// The room of an encoder that is done, for the next: memory that comes and goes with each object costs
  /// as much time as the encoding.
  private static let spare = Mutex<(output: [UInt8], assembly: [UInt8])?>(nil)

  private let schema = ProtobufSchema.shared
  private var json: CompactJSON
  /// The pieces of all open messages, the outermost first.
  private var output: [UInt8] = []
  private var pieces: [Piece] = []
  /// The message that is put together.
  private var assembly: [UInt8] = []

  private init(_ json: [UInt8]) {
    self.json = CompactJSON(json)
    if let spare = Self.spare.withLock({ $0.take() }) { (output, assembly) = spare }
  }

  /// The message with this index in the schema, without anything around it, from JSON without white space.
  static func encode(_ json: [UInt8], as message: Int) -> [UInt8] {
    var encoder = ProtobufEncoder(json)
    encoder.writeMessage(message, number: nil)
    // What is kept for long should have no room to spare.
    let bytes = [UInt8](unsafeUninitializedCapacity: encoder.output.count) { room, count in
      count = room.initialize(fromContentsOf: encoder.output)
    }
    encoder.giveBack()
    return bytes
  }

  private consuming func giveBack() {
    output.removeAll(keepingCapacity: true)
    assembly.removeAll(keepingCapacity: true)
    let room = (output, assembly)
    Self.spare.withLock { $0 = room }
  }

  // MARK: Messages

  /// Writes the message that comes next; without a number it has no head.
  private mutating func writeMessage(_ index: Int, number: Int?) {
    let base = output.count
    let firstPiece = pieces.count
    let message = schema.messages[index]
    switch json.current {
    case UInt8(ascii: "{") where message.isAlternative: writeSchema(of: message)
    case UInt8(ascii: "{"): writeMembers(of: message)
    case UInt8(ascii: "["): writeElements(of: message)
    case UInt8(ascii: "t") where message.isAlternative: writeAllows(of: message)
    default: json.skip()
    }
    finish(message, number, base, firstPiece)
  }

  private mutating func writeMembers(of message: ProtobufSchema.Message) {
    json.enter()
    while json.nextItem() {
      guard let slot = message.names.slot(json.nameHash()) else {
        json.skip()
        continue
      }
      write(message.slots[slot], in: slot)
    }
  }

  /// A message of one repeated field, in whose place JSON has an array; an array of schemas is one of
  /// these, too.
  private mutating func writeElements(of message: ProtobufSchema.Message) {
    guard let slot = message.slots.lastIndex(where: \.isRepeated) else {
      json.skip()
      return
    }
    write(message.slots[slot], in: slot)
  }

  private mutating func writeSchema(of message: ProtobufSchema.Message) {
    guard let slot = message.slots.firstIndex(where: { $0.kind != .boolean }) else {
      json.skip()
      return
    }
    allow(message)
    write(message.slots[slot], in: slot)
  }

  private mutating func writeAllows(of message: ProtobufSchema.Message) {
    allow(message)
    json.skip()
  }

  private mutating func allow(_ message: ProtobufSchema.Message) {
    guard let slot = message.slots.firstIndex(where: { $0.kind == .boolean }) else { return }
    let start = output.count
    output.appendTag(message.slots[slot].number, .varint)
    output.append(1)
    pieces.append(Piece(slot: slot, range: start..<output.count))
  }

  /// Puts the pieces of a message together in place of them.
  private mutating func finish(
    _ message: ProtobufSchema.Message,
    _ number: Int?,
    _ base: Int,
    _ firstPiece: Int
  ) {
    sortPieces(from: firstPiece)
    assembly.removeAll(keepingCapacity: true)
    assemble(message, from: firstPiece)
    pieces.removeSubrange(firstPiece...)
    output.removeSubrange(base...)
    if let number { output.appendHead(number, byteCount: assembly.count) }
    output.append(contentsOf: assembly)
  }

  /// Few pieces, often in order already: inserting is the fastest, and keeps the order of repeated ones.
  private mutating func sortPieces(from first: Int) {
    for index in pieces.indices[first...].dropFirst() {
      var place = index
      while place > first, pieces[place - 1].slot > pieces[place].slot {
        pieces.swapAt(place - 1, place)
        place -= 1
      }
    }
  }

  private mutating func assemble(_ message: ProtobufSchema.Message, from firstPiece: Int) {
    var next = firstPiece
    // Where the flattened messages began that are open.
    var starts: [(number: Int, start: Int)] = []
    for step in message.steps {
      switch step {
      case .slot(let slot):
        guard next < pieces.count, pieces[next].slot == slot else {
          let zero = message.zeroRanges[slot]
          if !zero.isEmpty { assembly.append(message.zeros, zero) }
          continue
        }
        while next < pieces.count, pieces[next].slot == slot {
          assembly.append(output, pieces[next].range)
          next += 1
        }
      case .open(let number):
        starts.append((number, assembly.count))
      case .close:
        guard let (number, start) = starts.popLast() else { continue }
        var head: [UInt8] = []
        head.appendHead(number, byteCount: assembly.count - start)
        assembly.insert(contentsOf: head, at: start)
      }
    }
  }

  // MARK: Fields

  /// Writes the value that comes next as pieces of a slot; null is no value.
  private mutating func write(_ field: ProtobufSchema.Field, in slot: Int) {
    guard json.current != UInt8(ascii: "n") else {
      json.skip()
      return
    }
    guard field.isMap || field.isRepeated else {
      writePiece(field, slot)
      return
    }
    guard json.current == UInt8(ascii: field.isMap ? "{" : "[") else {
      json.skip()
      return
    }
    json.enter()
    while json.nextItem() { writePiece(field, slot) }
  }

  private mutating func writePiece(_ field: ProtobufSchema.Field, _ slot: Int) {
    let start = output.count
    if field.isMap { writeEntry(field) } else { write(field.kind, field.number) }
    pieces.append(Piece(slot: slot, range: start..<output.count))
  }

  private mutating func writeEntry(_ field: ProtobufSchema.Field) {
    let start = output.count
    let name = json.name()
    append(number: 1, name.range, isEscaped: name.isEscaped)
    write(field.kind, 2)
    let entry = Array(output[start...])
    output.removeSubrange(start...)
    output.append(field: field.number, entry)
  }

  /// Writes the value that comes next; one of another type, which a real server refuses, is left out.
  private mutating func write(_ kind: ProtobufSchema.Kind, _ number: Int) {
    guard isNext(kind) else {
      json.skip()
      return
    }
    switch kind {
    case .text:
      let text = json.string()
      append(number: number, text.range, isEscaped: text.isEscaped)
    case .integer:
      output.appendTag(number, .varint)
      output.appendVarint(UInt64(bitPattern: integer()))
    case .boolean:
      output.appendTag(number, .varint)
      output.append(json.current == UInt8(ascii: "t") ? 1 : 0)
      json.skip()
    case .bytes:
      let text = json.string()
      output.append(field: number, Data(base64Encoded: Data(json.bytes[text.range])) ?? Data())
    case .double:
      let text = String(decoding: json.bytes[json.number().range], as: UTF8.self)
      output.appendTag(number, .fixed64)
      let bits = (Double(text) ?? 0).bitPattern
      for shift in stride(from: UInt64(0), to: 64, by: 8) {
        output.append(UInt8(truncatingIfNeeded: bits >> shift))
      }
    case .message(let index):
      writeMessage(index, number: number)
    case .time, .microTime:
      writeTime(number)
    case .quantity:
      writeQuantity(number)
    case .intOrString:
      writeIntOrString(number)
    case .rawJSON:
      let raw = json.skip()
      var head: [UInt8] = []
      head.appendHead(1, byteCount: raw.count)
      output.appendHead(number, byteCount: head.count + raw.count)
      output += head
      output.append(json.bytes, raw)
    }
  }

  /// Whether what comes next can be a value of this kind, as its first byte shows.
  private func isNext(_ kind: ProtobufSchema.Kind) -> Bool {
    let isText = json.current == UInt8(ascii: "\"")
    let isNumber =
      json.current == UInt8(ascii: "-")
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(json.current)
    return switch kind {
    case .text, .bytes, .time, .microTime: isText
    case .integer, .double: isNumber
    case .boolean: json.current == UInt8(ascii: "t") || json.current == UInt8(ascii: "f")
    case .quantity, .intOrString: isText || isNumber
    case .message, .rawJSON: true
    }
  }

  private mutating func append(number: Int, _ text: Range<Int>, isEscaped: Bool) {
    if isEscaped {
      let quoted = [UInt8(ascii: "\"")] + json.bytes[text] + [UInt8(ascii: "\"")]
      let plain = (try? JSONValue(parsing: quoted))?.stringValue ?? ""
      output.append(field: number, Array(plain.utf8))
    } else {
      output.appendHead(number, byteCount: text.count)
      output.append(json.bytes, text)
    }
  }

  private mutating func integer() -> Int64 {
    let number = json.number()
    let text = String(decoding: json.bytes[number.range], as: UTF8.self)
    return number.isInteger ? Int64(text) ?? 0 : Int64(exactly: (Double(text) ?? 0).rounded()) ?? 0
  }

  private mutating func writeTime(_ number: Int) {
    var content: [UInt8] = []
    if let time = ProtobufTime(json.bytes[json.string().range]) {
      content.appendTag(1, .varint)
      content.appendVarint(UInt64(bitPattern: time.seconds))
      content.appendTag(2, .varint)
      content.appendVarint(UInt64(bitPattern: time.nanoseconds))
    }
    output.append(field: number, content)
  }

  private mutating func writeQuantity(_ number: Int) {
    var content: [UInt8] = []
    if json.current == UInt8(ascii: "\"") {
      content.append(field: 1, json.bytes[json.string().range])
    } else {
      content.append(field: 1, json.bytes[json.number().range])
    }
    output.append(field: number, content)
  }

  private mutating func writeIntOrString(_ number: Int) {
    let isText = json.current == UInt8(ascii: "\"")
    let text = isText ? json.bytes[json.string().range] : []
    let value = isText ? 0 : integer()
    var content: [UInt8] = [0x08, isText ? 1 : 0, 0x10]
    content.appendVarint(UInt64(bitPattern: value))
    content.append(field: 3, text)
    output.append(field: number, content)
  }
}
