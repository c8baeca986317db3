import WireFormats

/// An object's labels, in the order of their keys.
package struct Labels: Hashable, Sendable {
  package struct Label: Hashable, Sendable, Comparable {
    package fileprivate(set) var key: String
    package fileprivate(set) var value: String

    package init(_ key: String, _ value: String) {
      self.key = key
      self.value = value
    }

    package static func < (left: Self, right: Self) -> Bool { left.key < right.key }
  }

  package private(set) var all: [Label] = []

  package init() {}

  package init(_ labels: [String: String]) {
    all = labels.map { Label($0.key, $0.value) }.sorted()
  }

  package var isEmpty: Bool { all.isEmpty }

  /// The value of the label `key`; `nil` where there is no such label.
  package subscript(key: String) -> String? {
    get { all.first { $0.key == key }?.value }
    set {
      all.removeAll { $0.key == key }
      guard let newValue else { return }
      all.insert(Label(key, newValue), at: all.firstIndex { $0.key > key } ?? all.endIndex)
    }
  }

  /// Makes keys and values share their storage with those of others: labels that are an object's own
  /// have but one value or two of their own.
  ///
  /// Takes no more room than they need.
  mutating func share(by pool: inout SharingPool) {
    all = all.map { label in
      var label = label
      pool.share(&label.key)
      pool.share(&label.value)
      return label
    }
  }

  package func contains(_ label: Label) -> Bool { all.contains(label) }

  /// Reads a map of labels, and adds it to those that were read before.
  mutating func append(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let key = try reader.nextKey() { append(key, try reader.string()) }
  }

  mutating func append(_ key: String, _ value: String) {
    // Servers write maps in the order of their keys, and so the search is hardly ever needed.
    if let last = all.last, last.key >= key {
      self[key] = value
    } else {
      all.append(Label(key, value))
    }
  }
}

extension Labels: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral labels: (String, String)...) {
    self.init(Dictionary(labels) { $1 })
  }
}
