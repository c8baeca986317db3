import Inspection
import KubernetesObjects
import ObjectBuilders

extension CheckFixture {
  static let risk: [CheckID: CheckFixture] = [
    "risk/quota": CheckFixture(
      firesAbout: "shop/compute",
      "shop/compute",
      in: [
        ResourceQuota.sample(
          used: ["pods": "10", "cpu": "950m", "memory": "1Gi"],
          hard: ["pods": "10", "cpu": "1", "memory": "2Gi"]
        )
      ],
      silent: [
        "there is room": [ResourceQuota.sample(used: ["pods": "9"], hard: ["pods": "10"])],
        "nothing is allowed, and nothing is used":
          [ResourceQuota.sample(used: ["pods": "0"], hard: ["pods": "0"])],
        "a resource is not limited": [ResourceQuota.sample(used: ["pods": "99"], hard: [:])],
      ]
    )
  ]
}
