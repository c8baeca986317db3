/// That our own model of one kind was not what the server lists.
package struct ModelFault: Hashable, Sendable {
  /// One object in which the two differed.
  package struct Object: Hashable, Sendable {
    package let key: ObjectKey
    /// In which way: `missing`, `left over` or `outdated`.
    package let fault: String
    /// The versions on both sides; `nil` where one has no such object.
    package let listed: String?
    package let held: String?

    package init(_ key: ObjectKey, fault: String, listed: String?, held: String?) {
      self.key = key
      self.fault = fault
      self.listed = listed
      self.held = held
    }
  }

  package let kind: ObjectKind
  /// The namespace that was compared; `nil` for all.
  package let namespace: String?
  /// Some of those that differed, in the order of keys.
  package let examples: [Object]
  /// How many differed.
  package let count: Int

  package init(kind: ObjectKind, namespace: String?, examples: [Object], count: Int) {
    self.kind = kind
    self.namespace = namespace
    self.examples = examples
    self.count = count
  }
}
