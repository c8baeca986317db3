import HTTP
package import KubernetesObjects
import WireFormats

extension KubernetesClient {
  /// How much all Pods and all Nodes use just now; `nil` where the server has no metrics API, or does
  /// not let us ask it.
  package func measurements() async throws(KubernetesError) -> Measurements? {
    do throws(KubernetesError) {
      return Measurements(pods: try await uses(of: "pods"), nodes: try await uses(of: "nodes"))
    } catch .notFound, .forbidden {
      return nil
    }
  }

  private func uses(of plural: String) async throws(KubernetesError) -> [ResourceUse] {
    let request = request(.get, "/apis/metrics.k8s.io/v1beta1/\(plural)")
    let answer = try await body(request).rest(limit: request.maximumBodyBytes)
    do {
      return try ResourceUse.list(answer)
    } catch {
      throw .malformedAnswer(reason: error.description)
    }
  }
}
