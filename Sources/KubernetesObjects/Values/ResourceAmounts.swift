import WireFormats

/// Amounts of resources by their names, as in requests, limits and `allocatable`.
///
/// They are kept as text and read when they are asked for: most never are.
package struct ResourceAmounts: Hashable, Sendable {
  private(set) var texts = Labels()

  package init() {}

  package init(_ texts: [String: String]) { self.texts = Labels(texts) }

  package var isEmpty: Bool { texts.isEmpty }

  /// The names of the resources, in their order.
  package var resources: [String] { texts.all.map(\.key) }

  /// Whether a resource is listed.
  package func contains(_ resource: String) -> Bool { texts[resource] != nil }

  /// The amount of a resource; `nil` where it is not listed or its amount is none.
  package subscript(resource: String) -> Quantity? { texts[resource].flatMap(Quantity.init) }

  /// The amount of a resource in its base unit; 0 where it is not listed or its amount is none.
  package func amount(of resource: String) -> Double {
    texts[resource].map(Quantity.value(of:)) ?? 0
  }

  mutating func share(by pool: inout SharingPool) { pool.share(&texts) }

  /// Reads a map of resources, and adds it to those that were read before.
  mutating func append(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let resource = try reader.nextKey() {
      texts.append(resource, try reader.quantityText())
    }
  }
}
