import Foundation
import WireFormats

/// Answers a Pod's log: the API server chooses the container, the kubelet of the Pod's node has the lines.
///
/// Source: kubernetes/kubernetes, pkg/registry/core/pod/strategy.go.
struct PodLog {
  let registry: Registry
  let kubelets: Kubelets

  func answer(_ request: APIRequest, _ address: ObjectAddress) throws(APIFailure) -> APIResponse {
    guard request.method == "GET" else { throw .methodNotAllowed }
    let options = try PodLogOptions(request.query, podName: address.name)
    guard let pod = registry.object(address) else {
      throw .notFound(address.resource, address.name)
    }
    let container = try chosenContainer(options, of: pod)
    guard let nodeName = PodReading.node(of: pod), !nodeName.isEmpty else {
      // Nobody knows yet who would have its log: there is nothing to tell.
      var response = APIResponse(status: 204, body: .whole([]))
      response.headers.removeAll { $0.name == "Content-Type" }
      return response
    }
    guard let node = registry.store.object(.nodes, at: nodeName) else {
      throw .notFound(.nodes, nodeName)
    }
    if let reason = kubelets.reasonForSilence(of: node, at: registry.clock.now()) {
      let path = "/containerLogs/\(address.path)/\(container)\(options.kubeletQuery)"
      let url = "https://\(nodeName):\(Kubelets.port)\(path)"
      throw APIFailure(500, "", "Get \"\(url)\": \(reason)")
    }
    let run = try ContainerRun(
      of: container,
      in: pod,
      previous: options.isPrevious,
      at: registry.clock.now()
    )
    // What a kubelet sends is passed on as it comes, and not compressed.
    return APIResponse(
      contentType: "text/plain",
      body: .endless(PodLogBody(run, options, registry: registry))
    )
  }

  /// The container that is meant: the one that is named, or the only one.
  private func chosenContainer(
    _ options: PodLogOptions,
    of pod: StoredObject
  ) throws(APIFailure) -> String {
    func names(_ member: String) -> [String] {
      (pod.member("spec", member)?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
    }
    let containers = names("containers")
    let initial = names("initContainers")
    if let name = options.container {
      guard (containers + initial + names("ephemeralContainers")).contains(name) else {
        throw .badRequest("container \(name) is not valid for pod \(pod.name)")
      }
      return name
    }
    guard let first = containers.first, containers.count == 1 else {
      var message = "a container name must be specified for pod \(pod.name)"
      if !containers.isEmpty {
        message += ", choose one of: [\(containers.joined(separator: " "))]"
      }
      if !initial.isEmpty {
        message += " or one of the init containers: [\(initial.joined(separator: " "))]"
      }
      throw .badRequest(message)
    }
    return first
  }
}
