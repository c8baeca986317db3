import Inspection
import KubernetesObjects
import ObjectBuilders

/// Nodes that say themselves that they are not well.
extension CheckFixture {
  private static func node(_ type: String, _ status: Condition.Status) -> Node {
    var node = Node.sample()
    node.conditions.append(Condition(type: type, status: status, lastTransitionTime: .noon))
    return node
  }

  private static func states(_ ready: [Condition.Status]) -> FixtureWorld {
    FixtureWorld(
      [Node.sample(ready: ready.last)],
      after: ready.dropLast().map { [Node.sample(ready: $0)] }
    )
  }

  static let unhealthyNodes: [CheckID: CheckFixture] = [
    "unhealthy/node-not-ready": CheckFixture(
      firesAbout: "node-1",
      "node-2",
      in: [Node.sample("node-1", ready: .isFalse), Node.sample("node-2", ready: .unknown)],
      silent: [
        "it is ready": [Node.sample(ready: .isTrue)],
        "it is ready and cordoned": [Node.sample(ready: .isTrue, isUnschedulable: true)],
        "it has not reported yet": [Node.sample(ready: nil)],
      ]
    ),
    "unhealthy/node-silent": CheckFixture(
      firesAbout: "node-1",
      in: [Node.sample(), Lease.sample(renewed: .noon - .seconds(60))],
      silent: [
        "its Lease is renewed": [Node.sample(), Lease.sample(renewed: .noon - .seconds(10))],
        "its clock is ahead": [Node.sample(), Lease.sample(renewed: .noon + .seconds(90))],
        "its Node is gone": [Lease.sample(renewed: .noon - .seconds(600))],
        "its Node does without Leases": [Node.sample(), Lease.sample()],
      ]
    ),
    "unhealthy/node-pressure": CheckFixture(
      firesAbout: "node-1",
      in: [node("DiskPressure", .isTrue)],
      silent: [
        "there is enough": [node("MemoryPressure", .isFalse)],
        "nobody knows, for its kubelet is lost": [node("MemoryPressure", .unknown)],
      ]
    ),
    "unhealthy/node-condition": CheckFixture(
      firesAbout: "node-1",
      "node-2",
      in: [
        node("ReadonlyFilesystem", .isTrue),
        {
          var node = Node.sample("node-2")
          node.conditions.append(
            Condition(type: "KernelReady", status: .isFalse, lastTransitionTime: .noon)
          )
          return node
        }(),
      ],
      silent: [
        "the problem is not there": [node("KernelDeadlock", .isFalse)],
        "the part is well": [node("StorageReady", .isTrue)],
        "nobody knows": [node("FrequentKubeletRestart", .unknown)],
        "its name does not tell what is good": [node("EtcdIsVoter", .isTrue)],
        "its name says that there is no problem": [
          node("KernelHasNoDeadlock", .isTrue), node("StorageNotReady", .isFalse),
        ],
        "another check is about it": [node("MemoryPressure", .isTrue)],
      ]
    ),
    "unhealthy/node-flapping": CheckFixture(
      firesAbout: "node-1",
      in: states([.isTrue, .isFalse, .isTrue, .isFalse]),
      silent: [
        "it was restarted": states([.isTrue, .isFalse, .isTrue]),
        "it is always ready": states([.isTrue, .isTrue, .isTrue, .isTrue]),
      ]
    ),
  ]
}
