import Inspection
import KubernetesObjects
import ObjectBuilders

extension CheckFixture {
  static let dangling: [CheckID: CheckFixture] = [
    "dangling/definition-unused": CheckFixture(
      firesAbout: "widgets.example.com",
      in: [CustomResourceDefinition.sample()],
      silent: [
        "it has an instance": [CustomResourceDefinition.sample(), CustomRecord.widget()],
        "it is not served": [CustomResourceDefinition.sample(isServed: false)],
        "it is being deleted": [CustomResourceDefinition.sample(deleted: .noon)],
      ]
    ),
    "dangling/pod-node": CheckFixture(
      firesAbout: "shop/lost",
      in: [Pod.sample("lost", node: "node-9"), Node.sample("node-1")],
      silent: [
        "the Node exists": [Pod.sample(node: "node-1"), Node.sample("node-1")],
        "it is not scheduled yet": [Pod.sample(node: "", phase: .pending)],
      ]
    ),
    "dangling/volume-released": CheckFixture(
      firesAbout: "pv-1",
      in: [PersistentVolume.sample(phase: .released)],
      silent: [
        "it is bound": [PersistentVolume.sample(phase: .bound)],
        "it waits for a claim": [PersistentVolume.sample(phase: .available, claim: nil)],
      ]
    ),
  ]
}
