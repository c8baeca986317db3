import Inspection
import KubernetesObjects
import ObjectBuilders

extension CheckFixture {
  private static let shared = "10.0.1.7"
  private static let cart = Pod.sample("cart", addresses: [shared])

  static let conflict: [CheckID: CheckFixture] = [
    "conflict/pod-address": CheckFixture(
      firesAbout: shared,
      in: [cart, Pod.sample("refund", addresses: ["2001:db8::1", shared])],
      silent: [
        "one Pod": [cart],
        "a finished Pod keeps its address":
          [cart, Pod.sample("job", addresses: [shared], phase: .succeeded)],
        "a failed Pod keeps its address":
          [cart, Pod.sample("job", addresses: [shared], phase: .failed)],
        "Pods on the host's network share it":
          [cart, Pod.sample("proxy", addresses: [shared], usesHostNetwork: true)],
        "addresses differ": [cart, Pod.sample("other", addresses: ["10.0.1.8"])],
      ]
    )
  ]
}
