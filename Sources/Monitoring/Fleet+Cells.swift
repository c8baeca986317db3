import KubernetesClient
package import KubernetesObjects

/// What `kubectl get` would print of an object, asked of its cluster.
package struct ObjectCells: Sendable, Equatable {
  package enum Answer: Sendable, Equatable {
    case row([ResourceTable.Column], ResourceTable.Row)
    /// There is no such object any more.
    case gone
    /// Nobody makes tables of such objects.
    case untold
    case failed(String)
  }

  package let object: ClusterObject
  package let answer: Answer

  package init(_ object: ClusterObject, _ answer: Answer) {
    self.object = object
    self.answer = answer
  }
}

extension Fleet {
  /// How many objects are asked for at once.
  private static let cellsAtOnce = 6

  /// Asks for the cells of some objects, a few at a time.
  package nonisolated func cells(of objects: [ClusterObject]) async -> [ObjectCells] {
    await withTaskGroup(of: ObjectCells.self) { group in
      var waiting = objects[...]
      func startNext() {
        guard let object = waiting.popFirst() else { return }
        group.addTask { ObjectCells(object, await self.answer(object)) }
      }
      for _ in 0..<Self.cellsAtOnce { startNext() }
      var answers: [ObjectCells] = []
      while let answer = await group.next() {
        answers.append(answer)
        startNext()
      }
      return answers
    }
  }

  private nonisolated func answer(_ object: ClusterObject) async -> ObjectCells.Answer {
    guard let monitor = monitors.first(where: { $0.name == object.cluster }) else { return .gone }
    do {
      guard let table = try await monitor.table(of: object.key) else { return .untold }
      return table.rows.first.map { .row(table.columns, $0) } ?? .gone
    } catch .notFound {
      return .gone
    } catch {
      return .failed(error.description)
    }
  }
}

extension ClusterMonitor {
  /// One object as `kubectl get` prints it, without rows where it is gone; `nil` where nobody makes
  /// tables of its kind.
  fileprivate func table(of key: ObjectKey) async throws(KubernetesError) -> ResourceTable? {
    guard let resource = resource(of: key.kind) else { return ResourceTable() }
    if !kindsWithoutGet.contains(key.kind) {
      do {
        return try await source.table(of: key, resource)
      } catch .forbidden {
        // Whoever may list may ask for a list of one.
        kindsWithoutGet.insert(key.kind)
      }
    }
    return try await source.table(
      of: resource,
      in: key.namespace,
      labelSelector: "",
      fieldSelector: "metadata.name=\(key.name)",
      limit: 0,
      continueToken: nil
    )
  }
}
