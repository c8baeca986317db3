/// The number of a namespace within its graph; 0 stands for none.
struct NamespaceIndex: Hashable, Sendable {
  static let none = NamespaceIndex(number: 0)

  let number: UInt32
}

/// The names of all namespaces that were met, each stored once: every vertex of an object has one.
struct NamespaceTable: Sendable {
  private var names = [""]
  private var indices = ["": NamespaceIndex.none]

  /// The name of a namespace, of which the table gave the index.
  func name(of index: NamespaceIndex) -> String { names[Int(index.number)] }

  /// The index of a namespace; `nil` where it was never met.
  func index(of name: String) -> NamespaceIndex? {
    name.isEmpty ? NamespaceIndex.none : indices[name]
  }

  mutating func index(making name: String) -> NamespaceIndex {
    if let index = index(of: name) { return index }
    let index = NamespaceIndex(number: UInt32(names.count))
    names.append(name)
    indices[name] = index
    return index
  }
}
