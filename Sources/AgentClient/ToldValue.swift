import KubernetesObjects
import WireFormats

/// What an agent tells cannot be understood.
struct UnreadableLine: Error {}

/// Reads members of what an agent tells, which may be anything: what is of another type than it should be is
/// an error, and what is longer than anybody writes is cut.
struct ToldValue {
  /// Longer texts are cut: nobody reads them, and many of them would fill the memory.
  static let textLimit = 4096
  /// Names are refused that are longer.
  static let nameLimit = 1024
  /// Of longer lists the first are taken.
  static let listLimit = 1000

  let value: JSONValue

  func text(_ name: String) throws(UnreadableLine) -> String? {
    switch value[name] {
    case nil, .null?: return nil
    case .string(let text)?:
      guard text.utf8.count > Self.textLimit else { return text }
      return String(text.unicodeScalars.prefix(Self.textLimit / 4)) + "…"
    default: throw UnreadableLine()
    }
  }

  /// A text by which something is known: without characters that control a terminal, and not cut.
  func name(_ name: String) throws(UnreadableLine) -> String? {
    guard let text = try text(name) else { return nil }
    guard text.utf8.count <= Self.nameLimit, !text.unicodeScalars.contains(where: Self.isControl)
    else { throw UnreadableLine() }
    return text
  }

  func neededName(_ name: String) throws(UnreadableLine) -> String {
    guard let text = try self.name(name), !text.isEmpty else { throw UnreadableLine() }
    return text
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
  }

  func flag(_ name: String) throws(UnreadableLine) -> Bool {
    switch value[name] {
    case nil, .null?: return false
    case .boolean(let flag)?: return flag
    default: throw UnreadableLine()
    }
  }

  /// A number that is not negative; 0 where there is none.
  func count(_ name: String) throws(UnreadableLine) -> Int {
    switch value[name] {
    case nil, .null?: return 0
    case .integer(let number)?:
      guard number >= 0, let count = Int(exactly: number) else { throw UnreadableLine() }
      return count
    default: throw UnreadableLine()
    }
  }

  func number(_ name: String) throws(UnreadableLine) -> Double {
    guard let member = value[name], member != .null else { return 0 }
    guard let number = member.numberValue, number.isFinite, number >= 0, number < 1e15 else {
      throw UnreadableLine()
    }
    return number
  }

  func time(_ name: String) throws(UnreadableLine) -> Timestamp? {
    guard let text = try text(name) else { return nil }
    guard let time = Timestamp(rfc3339: text) else { throw UnreadableLine() }
    return time
  }

  func list(_ name: String) throws(UnreadableLine) -> [JSONValue] {
    switch value[name] {
    case nil, .null?: return []
    case .array(let elements)?: return Array(elements.prefix(Self.listLimit))
    default: throw UnreadableLine()
    }
  }

  func names(_ name: String) throws(UnreadableLine) -> [String] {
    try list(name).map { element throws(UnreadableLine) in
      try ToldValue(value: ["name": element]).neededName("name")
    }
  }
}
