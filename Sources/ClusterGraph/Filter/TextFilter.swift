import KubernetesObjects

/// Finds a text in objects' names, labels and elsewhere, whatever its case.
package struct TextFilter: Hashable, Sendable {
  /// In small letters.
  private let needle: [UInt8]
  /// Whether it may be a namespace and a name.
  let hasStroke: Bool
  private let hasEqualSign: Bool

  package init(_ text: String) {
    needle = text.utf8.map(Self.folded)
    hasStroke = needle.contains(UInt8(ascii: "/"))
    hasEqualSign = needle.contains(UInt8(ascii: "="))
  }

  package var isEmpty: Bool { needle.isEmpty }

  /// Whether all that this filter lets through, `other` lets through too.
  func narrows(_ other: TextFilter) -> Bool {
    other.isEmpty || needle.count >= other.needle.count && contains(other.needle, in: needle.span)
  }

  package func matches(_ text: String) -> Bool { contains(needle, in: text.utf8Span.span) }

  func matches(namespace: String, name: String) -> Bool {
    guard hasStroke else {
      return contains(needle, in: name.utf8Span.span)
        || contains(needle, in: namespace.utf8Span.span)
    }
    let path = namespace + "/" + name
    return contains(needle, in: path.utf8Span.span)
  }

  func matches(_ labels: Labels) -> Bool {
    labels.all.contains { label in
      guard hasEqualSign else {
        return contains(needle, in: label.key.utf8Span.span)
          || contains(needle, in: label.value.utf8Span.span)
      }
      let text = label.key + "=" + label.value
      return contains(needle, in: text.utf8Span.span)
    }
  }

  private func contains(_ needle: [UInt8], in text: borrowing Span<UInt8>) -> Bool {
    guard let first = needle.first else { return true }
    let last = text.count - needle.count
    var start = 0
    // Each letter of a filter looks at every byte of 100,000 names: both indices are within the text here.
    while start <= last {
      if Self.folded(text[unchecked: start]) == first {
        var length = 1
        while length < needle.count,
          Self.folded(text[unchecked: start + length]) == needle[length]
        {
          length += 1
        }
        if length == needle.count { return true }
      }
      start += 1
    }
    return false
  }

  static func folded(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
