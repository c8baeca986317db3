import NameMatching

/// Which contexts were asked for.
package enum ContextSelection: Sendable, Equatable {
  case current
  case all
  /// Names and globs, as ``NamePattern`` reads them.
  case matching([String])
}

/// A context, and what is needed to talk to its cluster or why that cannot be known.
package struct ContextConnection: Sendable {
  package let contextName: String
  package let connection: Result<ClusterConnection, KubeconfigError>

  package init(
    contextName: String,
    connection: Result<ClusterConnection, KubeconfigError>
  ) {
    self.contextName = contextName
    self.connection = connection
  }

  /// Whether it is the cluster that the program runs in, which no kubeconfig gives a name.
  package var isOwnCluster: Bool { contextName == Kubeconfig.inClusterContext }

  /// The same, where the cluster that the program runs in is called so.
  package func callingOwnCluster(_ name: String?) -> ContextConnection {
    guard isOwnCluster, let name else { return self }
    let connection = connection.map { connection in
      var connection = connection
      connection.contextName = name
      return connection
    }
    return ContextConnection(contextName: name, connection: connection)
  }
}

extension Kubeconfig {
  /// The names of the contexts that were asked for, in that order, each once.
  package func contextNames(_ selection: ContextSelection) throws(KubeconfigError) -> [String] {
    switch selection {
    case .current:
      guard let currentContext else { throw .noCurrentContext(known: contextNames) }
      return [currentContext]
    case .all: return contextNames
    case .matching(let patterns):
      var chosen: [String] = []
      for pattern in patterns {
        let names = NamePattern(pattern).matches(in: contextNames)
        guard !names.isEmpty else { throw .noSuchContext(pattern, known: contextNames) }
        for name in names where !chosen.contains(name) { chosen.append(name) }
      }
      return chosen
    }
  }

  /// What is needed to talk to each context's cluster; one that cannot be used stops no other.
  package func connections(to names: [String]) -> [ContextConnection] {
    names.map { name in
      let result = Result { () throws(KubeconfigError) in try connection(to: name) }
      return ContextConnection(contextName: name, connection: result)
    }
  }
}
