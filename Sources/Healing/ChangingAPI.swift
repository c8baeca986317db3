package import KubernetesClient
package import KubernetesObjects
package import WireFormats

/// The one call of an API server that changes something, and what has to be asked before.
package protocol ChangingAPI: Sendable {
  func object(
    _ key: ObjectKey,
    of resource: APIResource
  ) async throws(KubernetesError) -> JSONValue

  /// Sends a change; answers with the object, or the status, that the server sends.
  func send(_ change: ChangeRequest) async throws(KubernetesError) -> JSONValue

  /// Asks whether the user may do something.
  func review(_ question: AccessQuestion) async throws(KubernetesError) -> AccessAnswer

  /// Who the server takes the user for.
  func userName() async throws(KubernetesError) -> String
}

extension KubernetesClient: ChangingAPI {}
