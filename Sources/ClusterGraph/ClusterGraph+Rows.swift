package import KubernetesObjects

/// What lists on the screen ask, answered without building a key or a neighbour.
extension ClusterGraph {
  /// The keys of all objects of a kind.
  package func keys(of kind: ObjectKind) -> [ObjectKey] {
    (state(of: kind)?.objects ?? []).compactMap { record(of: $0)?.key }
  }

  /// The kinds that were met, whether there is an object of them or not.
  var knownKinds: [ObjectKind] { kinds.map(\.kind) }

  /// How many objects of a kind there are.
  package func count(of kind: ObjectKind) -> Int { state(of: kind)?.objects.count ?? 0 }

  /// The vertices of all objects of a kind, in no order.
  package func handles(of kind: ObjectKind) -> [Handle] {
    Array(state(of: kind)?.objects ?? [])
  }

  func isPresent(_ handle: Handle, of kind: ObjectKind) -> Bool {
    state(of: kind)?.objects.contains(handle) ?? false
  }

  /// The namespace and the name of an object.
  func names(of handle: Handle) -> (namespace: String, name: String)? {
    guard case .object(_, let namespace, let name) = self[handle].name else { return nil }
    return (namespaces.name(of: namespace), name)
  }

  /// Whether a text is in an object's namespace, its name or its labels.
  func matches(_ text: TextFilter, _ handle: Handle, _ memory: inout LabelMemory) -> Bool {
    guard case .object(_, let namespace, let name) = self[handle].name else { return false }
    if text.hasStroke {
      if text.matches(namespace: namespaces.name(of: namespace), name: name) { return true }
    } else if text.matches(name)
      || memory.holds(of: namespace, { text.matches(namespaces.name(of: namespace)) })
    {
      return true
    }
    guard let labels = store.labels(of: handle) else { return false }
    return memory.contains(in: labels, text.matches)
  }

  /// Whether a term of a filter lets an object through.
  func matches(
    _ term: FilterExpression.Term,
    _ handle: Handle,
    _ memory: inout LabelMemory
  ) -> Bool {
    guard case .object(_, let namespace, let name) = self[handle].name else { return false }
    let holds =
      switch term.column {
      case "name": term.test.matches(name)
      case "namespace": term.test.matches(namespaces.name(of: namespace))
      case "label": hasLabels(term.test, handle, &memory)
      default:
        term.test.matches(namespace: namespaces.name(of: namespace), name: name)
          || hasLabels(term.test, handle, &memory)
      }
    return holds != term.isInverse
  }

  private func hasLabels(
    _ test: FilterTest,
    _ handle: Handle,
    _ memory: inout LabelMemory
  ) -> Bool {
    guard let labels = store.labels(of: handle) else { return false }
    return memory.contains(in: labels, test.matches)
  }
}

extension FilterTest {
  /// Whether it holds of an object's namespace or its name, or of both with a stroke between them.
  fileprivate func matches(namespace: String, name: String) -> Bool {
    switch self {
    case .text(let filter): filter.matches(namespace: namespace, name: name)
    case .labels, .nothing: false
    case .pattern(let pattern):
      pattern.matches(name)
        || !namespace.isEmpty
          && (pattern.matches(namespace)
            || pattern.hasStroke
              && pattern.matches(namespace + "/" + name))
    case .word, .whole, .fuzzy:
      matches(name) || !namespace.isEmpty && matches(namespace)
    }
  }
}
