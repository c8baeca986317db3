/// The protobuf messages of the built-in kinds, read once from ``ProtobufSchemaTable``.
struct ProtobufSchema: Sendable {
  static let shared = ProtobufSchema(parsing: ProtobufSchemaTable.text)

  /// How the value of a field is written, and what JSON has in its place.
  enum Kind: Sendable, Equatable {
    case text
    case integer
    case boolean
    /// Base64 in JSON.
    case bytes
    case double
    case message(Int)
    /// A time of seconds, and of microseconds.
    case time, microTime
    case quantity
    case intOrString
    /// JSON within a message of one field.
    case rawJSON
  }

  struct Field: Sendable {
    let number: Int
    let kind: Kind
    let isRepeated: Bool
    /// Whether the field is repeated as entries of a text and a value.
    let isMap: Bool
  }

  /// A step of writing a message: a field that JSON has, or the ends of a message that JSON flattens.
  enum Step: Sendable {
    case slot(Int)
    case open(number: Int)
    case close
  }

  /// A message; a class, for each copy of a struct of arrays would count references to all of them.
  final class Message: Sendable {
    let name: String
    /// The fields that JSON names, those of flattened messages among them, in the order in which they are
    /// written.
    let slots: [Field]
    let names: MemberNames
    let steps: [Step]
    /// What is written in place of the fields that an object has no value for, one behind the other.
    let zeros: [UInt8]
    /// Where in ``zeros`` each slot's bytes are; nowhere where it is left out.
    let zeroRanges: [Range<Int>]
    /// One of the messages of apiextensions for which JSON has a schema or something simpler.
    let isAlternative: Bool

    init(
      name: String,
      slots: [Field],
      names: MemberNames,
      steps: [Step],
      zeros: [[UInt8]]
    ) {
      self.name = name
      self.slots = slots
      self.names = names
      self.steps = steps
      var end = 0
      zeroRanges = zeros.map { zero in
        defer { end += zero.count }
        return end..<end + zero.count
      }
      self.zeros = Array(zeros.joined())
      isAlternative = name.hasPrefix("apiextensions.v1.JSONSchemaPropsOr")
    }
  }

  let messages: [Message]
  private let indices: [String: Int]

  init(parsing table: String) {
    let parser = ProtobufSchemaParser(table)
    indices = parser.indices
    messages = parser.messages()
  }

  func index(of name: String) -> Int? { indices[name] }

  /// The message of a resource's objects; nil where it has none, as custom resources.
  func index(of resource: ServedResource) -> Int? {
    resource.protobufMessage.flatMap { indices[$0] }
  }
}

extension ServedResource {
  /// What the schema calls the message of its objects; nil for custom resources, which have none.
  var protobufMessage: String? {
    guard !isCustom else { return nil }
    return "\(group.split(separator: ".").first ?? "core").\(version).\(kind)"
  }
}
