import Inspection
import KubernetesObjects
import ObjectBuilders

extension CheckFixture {
  private static func pod(
    _ name: String = "cart-1",
    address: String = "10.0.1.1",
    isReady: Bool = true,
    labels: Labels = ["app": "cart"],
    phase: Pod.Phase = .running,
    deleted: Timestamp? = nil
  ) -> Pod {
    var pod = Pod.sample(name, addresses: [address], phase: phase, deleted: deleted)
    pod.metadata.labels = labels
    if isReady { pod.milestones = .ready }
    return pod
  }

  private static func slice(
    _ pods: [String] = ["cart-1"],
    address: String = "10.0.1.1",
    uid: ObjectUID = .unset,
    isReady: Bool = true,
    deleted: Timestamp? = nil
  ) -> EndpointSlice {
    var slice = EndpointSlice(metadata: .sample("cart-abc", namespace: "shop", deleted: deleted))
    slice.metadata.labels = ["kubernetes.io/service-name": "cart"]
    slice.endpoints = pods.map { name in
      var endpoint = EndpointSlice.Endpoint()
      endpoint.address = IPAddress(address)
      endpoint.isReady = isReady
      var target = ObjectMention()
      target.kind = Pod.kind
      target.namespace = "shop"
      target.name = name
      target.uid = uid
      endpoint.target = target
      return endpoint
    }
    return slice
  }

  private static let unnamed: EndpointSlice = {
    var unnamed = slice()
    unnamed.endpoints[0].target = nil
    return unnamed
  }()

  private static func service(
    selecting labels: Labels = ["app": "cart"],
    publishesNotReady: Bool = false,
    type: Service.ServiceType = .clusterIP,
    address: String = "10.96.0.7"
  ) -> Service {
    var service = Service(metadata: .sample("cart", namespace: "shop"))
    service.selector = labels
    service.type = type
    service.clusterAddresses = [address].compactMap(IPAddress.init)
    service.publishesNotReadyAddresses = publishesNotReady
    return service
  }

  static let endpointDrifts: [CheckID: CheckFixture] = [
    "drift/endpoints-stale": CheckFixture(
      firesAbout: "shop/cart-abc",
      in: [service(), pod(address: "10.0.1.9"), slice(["cart-1", "gone"])],
      silent: [
        "they agree": [service(), pod(), slice()],
        "the Pod is listed as not ready": [service(), pod(isReady: false), slice(isReady: false)],
        "the Service wants Pods that are not ready":
          [service(publishesNotReady: true), pod(isReady: false), slice()],
        "the Pod has no address yet, and is not ready":
          [service(), pod(address: "", isReady: false), slice(isReady: false)],
        "somebody writes endpoints that are no Pods": [service(selecting: [:]), unnamed],
        "the slice is going": [service(), pod(address: "10.0.1.9"), slice(deleted: .noon)],
      ]
    ),
    "drift/endpoints-missing": CheckFixture(
      firesAbout: "shop/cart",
      in: [service(), pod(), pod("cart-2", address: "10.0.1.2"), slice()],
      silent: [
        "all are listed": [service(), pod(), slice()],
        "the Pod is listed as not ready yet": [service(), pod(), slice(isReady: false)],
        "the Pod is not ready": [service(), pod(isReady: false)],
        "the Pod is going": [service(), pod(deleted: .noon)],
        "the Pod has ended": [service(), pod(phase: .succeeded)],
        "the Service selects others": [service(selecting: ["app": "web"]), pod()],
        "the Service has no selector": [service(selecting: [:]), pod()],
        "the Service is another's name": [service(type: .externalName, address: ""), pod()],
        "the Pod has no address of the Service's family": [service(address: "fd00::7"), pod()],
        "slices name addresses alone": [service(), pod(), unnamed],
      ]
    ),
  ]
}
