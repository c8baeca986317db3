package import KubernetesClient
package import KubernetesObjects
import WireFormats

/// Carries out what an election wants of the API server.
package struct LeaseAPI: Sendable {
  private static let resource = APIResource(
    kind: Lease.kind,
    version: "v1",
    plural: "leases",
    isNamespaced: true
  )

  private let client: KubernetesClient
  /// A request is given up after so long, for then it is too late.
  private let patience: Duration

  package init(_ client: KubernetesClient, patience: Duration) {
    self.client = client
    self.patience = patience
  }

  /// Sends a request about a Lease; where that fails, says why, too.
  package func send(
    _ request: LeaderElection.Request,
    about key: ObjectKey
  ) async -> (answer: LeaderElection.Answer, failure: String?) {
    await withTaskGroup(of: (answer: LeaderElection.Answer, failure: String?).self) { group in
      group.addTask { await answer(to: request, about: key) }
      group.addTask {
        try? await Task.sleep(for: patience)
        return (.failed, "no answer for \(patience.components.seconds) s")
      }
      let first = await group.next() ?? (.failed, "cancelled")
      group.cancelAll()
      return first
    }
  }

  private func answer(
    to request: LeaderElection.Request,
    about key: ObjectKey
  ) async -> (answer: LeaderElection.Answer, failure: String?) {
    do {
      switch request {
      case .get: return (.found(try await client.object(key, of: Self.resource)), nil)
      case .create(let lease):
        return (.written(try await client.send(.create(lease, of: Self.resource, as: key))), nil)
      case .update(let lease):
        return (.written(try await client.send(.replace(lease, of: Self.resource, as: key))), nil)
      }
    } catch .notFound(let message) {
      if request == .get { return (.absent, nil) }
      return (.failed, message)
    } catch .changedMeanwhile, .alreadyExists {
      return (.conflict, nil)
    } catch {
      return (.failed, error.description)
    }
  }
}
