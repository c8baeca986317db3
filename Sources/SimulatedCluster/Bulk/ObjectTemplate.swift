import WireFormats

/// What differs from object to object of a template, by the name between two `$` in the template's texts.
///
/// `"$#replicas$"` stands for a value without quotes.
enum TemplateField: String, CaseIterable, Sendable {
  case address, addressRange, app, count, created, endpoints, generation, hash, hostAddress
  case message, name, namespace, node, number, owner, ownerUID, ready, reason, replicas
  case restarts, subject, subjectUID, time, uid, updated, version, zone
}

/// The values of an object's template fields.
struct TemplateValues: Sendable {
  private var texts = [String](repeating: "", count: TemplateField.allCases.count)

  private static let indices = Dictionary(
    TemplateField.allCases.enumerated().map { ($1, $0) },
    uniquingKeysWith: { first, _ in first }
  )

  subscript(field: TemplateField) -> String {
    get { self[index: Self.index(of: field)] }
    set { texts[Self.index(of: field)] = newValue }
  }

  subscript(index index: Int) -> String { texts[index] }

  static func index(of field: TemplateField) -> Int { indices[field] ?? 0 }
}

/// The JSON of many like objects: made once, then filled in by copying bytes.
struct ObjectTemplate: Sendable {
  /// One more than there are fields between them.
  private let pieces: [[UInt8]]
  private let fields: [Int]
  private let byteCount: Int

  /// Takes a part of an object, or a whole one without identity, which is added where it says whether it
  /// has a namespace.
  init(_ object: JSONValue, isNamespaced: Bool? = nil) {
    var object = object
    if let isNamespaced {
      object[path: "metadata", "name"] = "$name$"
      object[path: "metadata", "uid"] = "$uid$"
      object[path: "metadata", "resourceVersion"] = "$version$"
      object[path: "metadata", "creationTimestamp"] = "$created$"
      if isNamespaced { object[path: "metadata", "namespace"] = "$namespace$" }
    }
    var pieces: [[UInt8]] = []
    var fields: [Int] = []
    var parts = object.encoded().split(
      separator: UInt8(ascii: "$"),
      omittingEmptySubsequences: false
    )[...]
    var piece = Array(parts.popFirst() ?? [])
    while let marker = parts.popFirst() {
      let name = String(decoding: marker, as: UTF8.self)
      let isBare = name.hasPrefix("#")
      guard let field = TemplateField(rawValue: isBare ? String(name.dropFirst()) : name) else {
        preconditionFailure("No template has \"\(name)\".")
      }
      if isBare { piece.removeLast() }
      pieces.append(piece)
      fields.append(TemplateValues.index(of: field))
      piece = Array((parts.popFirst() ?? []).dropFirst(isBare ? 1 : 0))
    }
    pieces.append(piece)
    self.pieces = pieces
    self.fields = fields
    byteCount = pieces.reduce(0) { $0 + $1.count } + 24 * fields.count
  }

  func filled(with values: TemplateValues) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(byteCount)
    bytes += pieces[0]
    for (index, field) in fields.enumerated() {
      bytes.append(contentsOf: values[index: field].utf8)
      bytes += pieces[index + 1]
    }
    return bytes
  }
}

/// One object of a bulk world, its JSON not made yet.
struct TemplateObject: Sendable {
  let resource: ServedResource
  let template: ObjectTemplate
  let values: TemplateValues

  var namespace: String { values[.namespace] }
  var name: String { values[.name] }
  var path: String { StoredObject.path(namespace: namespace, name: name) }

  func stored(version: UInt64) -> StoredObject {
    var values = values
    values[.version] = String(version)
    return StoredObject(
      body: template.filled(with: values),
      of: resource,
      namespace: namespace,
      name: name,
      version: version
    )
  }
}
