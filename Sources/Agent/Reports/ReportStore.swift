package import KubernetesClient
package import KubernetesObjects
import Monitoring
package import WireFormats

/// A cluster into which reports are written.
package protocol ReportStore: Sendable {
  /// The cluster's name.
  var name: String { get }

  /// The metadata of all objects of a resource that have these labels.
  func metadata(
    of resource: APIResource,
    labels: [String: String]
  ) async throws(KubernetesError) -> [JSONValue]

  /// An object as a list has it, which asks for no right that a list does not; `nil` where it is not there.
  func listed(
    _ key: ObjectKey,
    of resource: APIResource
  ) async throws(KubernetesError) -> JSONValue?

  func send(_ change: ChangeRequest) async throws(KubernetesError) -> JSONValue
}

extension KubernetesClient: ReportStore {}
