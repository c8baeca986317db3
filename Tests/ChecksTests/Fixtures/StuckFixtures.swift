import Inspection
import KubernetesObjects
import ObjectBuilders

extension CheckFixture {
  static let stuck: [CheckID: CheckFixture] = [
    "stuck/terminating": CheckFixture(
      firesAbout: "shop/kept",
      "shop/w1",
      in: [
        Pod.sample("kept", deleted: .noon, finalizers: ["example.com/hold"]),
        CustomRecord.widget(deleted: .noon, finalizers: ["example.com/hold"]),
      ],
      silent: [
        "finalizers alone are fine": [CustomRecord.widget(finalizers: ["example.com/hold"])]
      ]
    )
  ]
}
