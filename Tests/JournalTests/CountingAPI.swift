import Healing
import KubernetesClient
import KubernetesObjects
import TestServers
import WireFormats

/// A server that counts what would change it.
struct CountingAPI: ChangingAPI {
  let changes = Shared(0)

  func object(
    _ key: ObjectKey,
    of resource: APIResource
  ) async throws(KubernetesError) -> JSONValue { ["metadata": ["uid": "u"]] }

  func send(_ change: ChangeRequest) async throws(KubernetesError) -> JSONValue {
    changes.change { $0 += 1 }
    return [:]
  }

  func review(_ question: AccessQuestion) async throws(KubernetesError) -> AccessAnswer {
    AccessAnswer(isAllowed: true)
  }

  func userName() async throws(KubernetesError) -> String { "jane" }
}
