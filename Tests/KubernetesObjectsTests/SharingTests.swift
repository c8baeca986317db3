import ObjectBuilders
import Testing
import WireFormats

@testable import KubernetesObjects

@Suite struct SharingTests {
  /// Where the elements of an array stand.
  private func storage<Element>(of elements: [Element]) -> UnsafeRawPointer? {
    elements.withUnsafeBytes(\.baseAddress)
  }

  private func decode(_ pod: JSONValue, sharing pool: inout SharingPool) throws -> Pod {
    let bytes = pod.encoded()
    var reader = FieldReader(JSONReader(bytes.span.bytes))
    let record = try ObjectDecoder().decode(&reader, of: .pods, sharing: &pool).record
    return try #require(record as? Pod)
  }

  private static let pod: JSONValue = [
    "metadata": [
      "name": "cart-1", "namespace": "shop",
      "ownerReferences": [["apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "cart"]],
    ],
    "spec": [
      "volumes": [["name": "token-1", "secret": ["secretName": "a"]]],
      "containers": [
        [
          "name": "main", "image": "cart:1", "env": [["name": "A", "value": "1"]],
          "volumeMounts": [["name": "token-1", "mountPath": "/a"]],
        ]
      ],
      "nodeName": "node-1", "serviceAccountName": "cart",
    ],
  ]

  @Test func ownersThatAreReadFromTheSameBytesShareTheirStorage() throws {
    var pool = SharingPool()
    let first = try decode(Self.pod, sharing: &pool).metadata.ownerReferences
    let second = try decode(Self.pod, sharing: &pool).metadata.ownerReferences
    #expect(first.map(\.name) == ["cart"])
    #expect(storage(of: first) == storage(of: second))
  }

  @Test(
    "Whatever came before, a Pod is read as if it were the first",
    arguments: [
      ("nodeName", "node-2"), ("serviceAccountName", "other"), ("hostNetwork", true),
      ("volumes", [["name": "token-2", "secret": ["secretName": "a"]]]),
      ("volumes", [["name": "token-1", "secret": ["secretName": "b"]]]),
      ("volumes", [["name": "data", "ephemeral": [:]]]),
      ("volumes", [["name": "more", "ephemeral": [:]]]),
      ("volumes", []), ("containers", []), ("initContainers", [["name": "main"]]),
      ("containers", [["name": "main", "image": "cart:2"]]),
      ("containers", [["name": "main"], ["image": "cart:1"]]),
      ("containers", [["name": "main", "image": "cart:1"]]),
      ("tolerations", [["key": "a"]]), ("tolerations", [["key": "b"]]),
    ] as [(String, JSONValue)]
  )
  func templates(field: String, value: JSONValue) throws {
    var pool = SharingPool()
    var ephemeral = Self.pod
    ephemeral[path: "spec", "volumes"] = [["name": "data", "ephemeral": [:]]]
    for pod in [Self.pod, ephemeral, Self.pod] { _ = try decode(pod, sharing: &pool) }
    var changed = Self.pod
    changed[path: "spec", field] = value
    var fresh = SharingPool()
    for _ in 0..<2 {
      let read = try decode(changed, sharing: &pool)
      #expect(try read == decode(changed, sharing: &fresh))
    }
  }

  @Test func templatesThatDifferShareWhatTheyHaveInCommon() throws {
    var pool = SharingPool()
    let containers = try ["cart:1", "shop:1"].map { image in
      var pod = Self.pod
      pod[path: "spec", "containers"] = [
        [
          "name": "main", "image": .string(image), "ports": [["containerPort": 80]],
          "resources": ["requests": ["cpu": "1", "memory": "1Gi"], "limits": ["cpu": "2"]],
        ]
      ]
      return try #require(try decode(pod, sharing: &pool).template.containers.first)
    }
    #expect(containers.map(\.image) == ["cart:1", "shop:1"])
    #expect(storage(of: containers[0].ports) == storage(of: containers[1].ports))
    for amounts in [\Container.requests, \.limits] {
      let places = containers.map { storage(of: $0[keyPath: amounts].texts.all) }
      #expect(places[0] == places[1])
    }
  }

  @Test func labelsAreRememberedWithTheirTextsShared() throws {
    var pool = SharingPool()
    let labels = try (0..<3).map { number in
      var pod = Self.pod
      pod[path: "metadata", "labels"] = [
        "app.kubernetes.io/name": "a-name-of-more-than-fifteen-bytes", "n": "\(number / 2)",
      ]
      return try decode(pod, sharing: &pool).metadata.labels
    }
    #expect(storage(of: labels[0].all) == storage(of: labels[1].all))
    #expect(storage(of: labels[0].all) != storage(of: labels[2].all))
    let names = try labels.map { try #require($0["app.kubernetes.io/name"]) }
    #expect(
      names[0].utf8.withContiguousStorageIfAvailable(\.baseAddress)
        == names[2].utf8.withContiguousStorageIfAvailable(\.baseAddress)
    )
  }

  @Test func bytesThatWereReadLatelyAreNotReadAgain() throws {
    var readings = RecentReadings<String>()
    var count = 0
    for round in 0..<3 {
      for number in 0..<40 {
        let bytes = Array("\"\(number)\"".utf8)
        var reader = FieldReader(JSONReader(bytes.span.bytes))
        let text = try readings.value(from: &reader) { reader throws(WireError) in
          count += 1
          return try reader.string()
        }
        #expect(text == "\(number)" && reader.offset == bytes.count)
      }
      // Some drive each other out while the table is small.
      if round == 2 { #expect((40..<120).contains(count)) }
    }
  }

  @Test func sharingChangesNoValue() {
    var pool = SharingPool()
    for number in 0..<20_000 {
      let name = "a-name-of-more-than-fifteen-bytes-\(number % 7_000)"
      var text = name
      pool.share(&text)
      #expect(text == name)
    }
  }

  @Test(arguments: [
    "be814031-0cb0-4d64-bbdd-dd24f3187683", "00000000-0000-0000-0000-000000000000",
    "FFFFFFFF-0cb0-4d64-bbdd-dd24f3187683", "be8140310-cb0-4d64-bbdd-dd24f3187683", "", "u",
    "be814031-0cb0-4d64-bbdd-dd24f318768g",
  ])
  func aUIDIsWrittenAsItWasRead(text: String) {
    #expect(ObjectUID(text).description == text)
    #expect(ObjectUID(text) == ObjectUID(String(text.reversed().reversed())))
    #expect(ObjectUID(text) != ObjectUID(text + "0"))
    #expect(ObjectUID(text).isEmpty == text.isEmpty)
  }
}
