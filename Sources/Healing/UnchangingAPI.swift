package import KubernetesClient
package import KubernetesObjects
package import WireFormats

/// What stands for an API server and has none of its own to ask: every call is refused alike.
package protocol UnchangingAPI: ChangingAPI {
  var refusal: KubernetesError { get }
}

extension UnchangingAPI {
  package func object(
    _ key: ObjectKey,
    of resource: APIResource
  ) async throws(KubernetesError) -> JSONValue { throw refusal }

  package func send(_ change: ChangeRequest) async throws(KubernetesError) -> JSONValue {
    throw refusal
  }

  package func review(_ question: AccessQuestion) async throws(KubernetesError) -> AccessAnswer {
    throw refusal
  }

  package func userName() async throws(KubernetesError) -> String { throw refusal }
}
