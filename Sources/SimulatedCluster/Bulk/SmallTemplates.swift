import WireFormats

/// The kinds of which there are many, and that nobody looks at.
enum SmallTemplates {
  static let configMap = ObjectTemplate(
    [
      "metadata": ["labels": ["app": "$app$"]],
      "data": [
        "settings.yaml": .string(
          (0..<12).map { "setting-\($0): value-\($0)-of-$app$\n" }.joined()
        )
      ],
    ],
    isNamespaced: true
  )

  static let rootCertificates = ObjectTemplate(
    ["metadata": [:], "data": ["ca.crt": "-----BEGIN CERTIFICATE-----\n"]],
    isNamespaced: true
  )

  static let secret = ObjectTemplate(
    [
      "metadata": ["labels": ["app": "$app$"]], "type": "Opaque",
      "data": [
        // "not a secret", for all of them.
        "password": "bm90IGEgc2VjcmV0", "user": "bm90IGEgc2VjcmV0",
      ],
    ],
    isNamespaced: true
  )

  static let serviceAccount = ObjectTemplate([:], isNamespaced: true)

  static let revision = ObjectTemplate(
    ["metadata": ["labels": ["app": "$app$"]], "revision": 1],
    isNamespaced: true
  )

  static let event = ObjectTemplate(
    JSONValue(
      template: #"""
        {"count":1,"eventTime":null,"firstTimestamp":"$time$","lastTimestamp":"$time$",
        "involvedObject":{"apiVersion":"v1","kind":"Pod","name":"$subject$",
        "namespace":"$namespace$","uid":"$subjectUID$","fieldPath":"spec.containers{main}"},
        "message":"$message$","metadata":{},"reason":"$reason$","reportingComponent":"kubelet",
        "reportingInstance":"$node$","source":{"component":"kubelet","host":"$node$"},
        "type":"Normal"}
        """#
    ),
    isNamespaced: true
  )

  static let custom = ObjectTemplate(
    JSONValue(
      template: #"""
        {"metadata":{"generation":1,"labels":{"team":"$namespace$"},"managedFields":[
        {"apiVersion":"example.com/v1","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{
        "f:labels":{".":{},"f:team":{}}},"f:spec":{".":{},"f:replicas":{},"f:size":{}}},
        "manager":"operator","operation":"Update","time":"$created$"}]},
        "spec":{"replicas":"$#number$","size":"small","configRef":{"name":"kube-root-ca.crt"}},
        "status":{"conditions":[{"type":"Ready","status":"True","reason":"Reconciled",
        "message":"","lastTransitionTime":"$created$"}],"observedGeneration":1}}
        """#
    ),
    isNamespaced: true
  )

  /// A CustomResourceDefinition is an object like others, so that discovery knows it from the start.
  static func definition(_ plural: String, _ kind: String) -> JSONValue {
    let text: JSONValue = [
      "type": "string", "description": "A text that the operator understands.",
    ]
    let properties = Dictionary(
      (0..<12).map { ("setting\($0)", text) },
      uniquingKeysWith: { first, _ in first }
    )
    return [
      "metadata": ["name": .string("\(plural).bulk.example.com")],
      "spec": [
        "group": "bulk.example.com", "scope": "Namespaced",
        "names": ["plural": .string(plural), "kind": .string(kind)],
        "versions": [
          [
            "name": "v1", "served": true, "storage": true, "subresources": ["status": [:]],
            "schema": [
              "openAPIV3Schema": [
                "type": "object",
                "properties": [
                  "spec": [
                    "type": "object", "x-kubernetes-preserve-unknown-fields": true,
                    "properties": .object(properties),
                  ],
                  "status": ["type": "object", "x-kubernetes-preserve-unknown-fields": true],
                ],
              ]
            ],
          ]
        ],
      ],
    ]
  }
}
