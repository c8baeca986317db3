import Inspection
import KubernetesObjects
import ObjectBuilders

extension CheckFixture {
  static let unhealthy: [CheckID: CheckFixture] = [
    "unhealthy/node-not-ready": CheckFixture(
      firesAbout: "node-1",
      "node-2",
      in: [Node.sample("node-1", ready: .isFalse), Node.sample("node-2", ready: .unknown)],
      silent: [
        "it is ready": [Node.sample(ready: .isTrue)],
        "it is ready and cordoned": [Node.sample(ready: .isTrue, isUnschedulable: true)],
        "it has not reported yet": [Node.sample(ready: nil)],
      ]
    )
  ]
}
