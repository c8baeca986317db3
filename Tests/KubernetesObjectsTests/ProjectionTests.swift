import KubernetesObjects
import ObjectBuilders
import Testing
import WireFormats

/// What is kept of objects besides their records, because somebody asks for it.
@Suite struct ProjectionTests {
  private static func projection(_ paths: [FieldProjection.Step]...) -> FieldProjection {
    paths.reduce(into: FieldProjection()) { $0.keep($1) }
  }

  private static let secrets = APIResource(
    kind: Secret.kind,
    version: "v1",
    plural: "secrets",
    isNamespaced: true
  )

  private static func decode(
    _ text: String,
    of resource: APIResource = .widgets,
    keeping projection: FieldProjection?
  ) throws -> ObjectSnapshot {
    var pool = SharingPool()
    var reader = FieldReader(JSONReader(text.utf8.span.bytes))
    let decoder = ObjectDecoder(keeping: projection)
    return try decoder.decode(&reader, of: resource, sharing: &pool)
  }

  private static let widget = """
    {"metadata":{"name":"w","namespace":"shop","labels":{"app":"cart"}},
    "spec":{"size":3,"ratio":0.5,"on":true,"none":null,"title":"a widget",
    "parts":[{"name":"a","weight":1},{"name":"b","weight":2}],"limits":{"cpu":{"max":"1"},"ram":{"max":"2"}}},
    "status":{"phase":"Ready"}}
    """

  @Test func onlyWhatIsAskedForIsKept() throws {
    let projection = Self.projection(
      [.member("spec"), .member("size")],
      [.member("spec"), .member("parts"), .any, .member("name")],
      [.member("spec"), .member("limits"), .any, .member("max")]
    )
    let snapshot = try Self.decode(Self.widget, keeping: projection)
    let fields = try #require(snapshot.projected)
    let spec = ProjectedFields([
      .init(name: "size", value: .integer(3)),
      .init(
        name: "parts",
        value: .list(
          ["a", "b"].map { .object(ProjectedFields([.init(name: "name", value: .string($0))])) }
        )
      ),
      .init(
        name: "limits",
        value: .object(
          ProjectedFields(
            [("cpu", "1"), ("ram", "2")].map { name, maximum in
              let maximum = ProjectedFields.Member(name: "max", value: .string(maximum))
              return .init(name: name, value: .object(ProjectedFields([maximum])))
            }
          )
        )
      ),
    ])
    #expect(fields == ProjectedFields([.init(name: "spec", value: .object(spec))]))
    // The record is read as ever.
    #expect(snapshot.record.metadata.labels["app"] == "cart")
    #expect(try Self.decode(Self.widget, keeping: nil).projected == nil)
  }

  @Test func valuesOfAllTypesAreKept() throws {
    let fields = try Self.decode(Self.widget, keeping: Self.projection([.member("spec")])).projected
    #expect(fields?[path: ["spec", "ratio"]] == .number(0.5))
    #expect(fields?[path: ["spec", "on"]] == .boolean(true))
    #expect(fields?[path: ["spec", "none"]] == .null)
    #expect(fields?[path: ["spec", "title"]]?.text == "a widget")
    #expect(fields?[path: ["spec", "parts", "name"]] == nil)
    #expect(fields?[path: ["status"]] == nil)
  }

  @Test("That something is there is kept without what it holds")
  func presence() throws {
    var projection = FieldProjection()
    projection.keep([.member("spec"), .member("limits")], whole: false)
    let fields = try Self.decode(Self.widget, keeping: projection).projected
    #expect(fields?[path: ["spec", "limits"]] == .object(ProjectedFields()))
    #expect(fields?[path: ["spec", "size"]] == nil)
  }

  @Test(
    "A union keeps what either keeps",
    arguments: [
      ([["spec", "size"], ["spec", "title"]], ["size", "title"]),
      ([["spec", "limits", "*", "max"], ["spec", "limits", "cpu"]], ["limits"]),
      (
        [["spec"], ["spec", "size"]], ["limits", "none", "on", "parts", "ratio", "size", "title"]
      ),
    ]
  )
  func unions(paths: [[String]], members: [String]) throws {
    let steps = paths.map { path in
      path.map { $0 == "*" ? FieldProjection.Step.any : .member($0) }
    }
    var united = Self.projection(steps[0])
    united.formUnion(Self.projection(steps[1]))
    var turned = Self.projection(steps[1])
    turned.formUnion(Self.projection(steps[0]))
    let fields = try Self.decode(Self.widget, keeping: united).projected
    #expect(try Self.decode(Self.widget, keeping: turned).projected == fields)
    guard case .object(let spec)? = fields?["spec"] else {
      throw WireError.unexpectedEnd(offset: 0)
    }
    #expect(spec.members.map(\.name) == members)
  }

  @Test("A Secret's values are never kept, whoever asks for them")
  func secrets() throws {
    let text = """
      {"metadata":{"name":"s","namespace":"shop","annotations":{"note":"mine",
      "kubectl.kubernetes.io/last-applied-configuration":"{\\"data\\":{\\"key\\":\\"c2VjcmV0\\"}}"}},
      "data":{"key":"c2VjcmV0"},"stringData":{"other":"secret"},"type":"Opaque"}
      """
    let fields = try Self.decode(text, of: Self.secrets, keeping: .whole).projected
    #expect(fields?[path: ["data", "key"]]?.text == "")
    #expect(fields?[path: ["stringData", "other"]]?.text == "")
    #expect(fields?[path: ["metadata", "annotations", "note"]]?.text == "mine")
    #expect(!String(describing: fields).contains("ecret\""))
    #expect(!String(describing: fields).contains("c2Vj"))
  }

  @Test("Objects in protobuf have no projection: it cannot tell what is not set")
  func protobuf() throws {
    var pool = SharingPool()
    let bytes: [UInt8] = []
    var reader = FieldReader(bytes.span.bytes, protobufMessage: 0..<0)
    let decoder = ObjectDecoder(keeping: .whole)
    #expect(try decoder.decode(&reader, of: Self.secrets, sharing: &pool).projected == nil)
  }
}

/// References of which KPatrol is told.
@Suite struct DeclaredReferenceTests {
  private static func fields(_ text: String, of reference: DeclaredReference) throws
    -> ProjectedFields
  {
    var projection = FieldProjection()
    for path in reference.paths { projection.keep(path) }
    var pool = SharingPool()
    var reader = FieldReader(JSONReader(text.utf8.span.bytes))
    let snapshot = try ObjectDecoder(keeping: projection).decode(
      &reader,
      of: .widgets,
      sharing: &pool
    )
    return try #require(snapshot.projected)
  }

  private static func named(_ text: String, by reference: DeclaredReference) throws -> [String] {
    try reference.references(of: fields(text, of: reference), in: "shop").map {
      "\($0.path) \($0.target)"
    }
  }

  private static let issuer = ObjectKind("Issuer", group: "cert-manager.io")
  private static let clusterIssuer = ObjectKind("ClusterIssuer", group: "cert-manager.io")

  @Test func aNameIsOfTheObjectsOwnNamespace() throws {
    let reference = DeclaredReference(
      parent: [.member("spec"), .member("secretName")],
      targets: [.init(Secret.kind)]
    )
    let named = try Self.named(#"{"spec":{"secretName":"tls"}}"#, by: reference)
    #expect(named == ["spec.secretName Secret shop/tls"])
    #expect(try Self.named(#"{"spec":{"secretName":""}}"#, by: reference).isEmpty)
    #expect(try Self.named(#"{"spec":{"secretName":7}}"#, by: reference).isEmpty)
    #expect(try Self.named(#"{"status":{}}"#, by: reference).isEmpty)
  }

  @Test(
    "A reference tells its kind, or means the first",
    arguments: [
      (#"{"name":"a"}"#, ["spec.issuerRef.name Issuer.cert-manager.io shop/a"]),
      (
        #"{"name":"a","kind":"ClusterIssuer"}"#,
        ["spec.issuerRef.name ClusterIssuer.cert-manager.io a"]
      ),
      (
        #"{"name":"a","kind":"Issuer","group":"cert-manager.io"}"#,
        ["spec.issuerRef.name Issuer.cert-manager.io shop/a"]
      ),
      (#"{"name":"a","kind":"AWSPCAIssuer","group":"awspca.cert-manager.io"}"#, []),
      (
        #"{"name":"a","kind":"Issuer","group":"cert-manager.io/v1"}"#,
        ["spec.issuerRef.name Issuer.cert-manager.io shop/a"]
      ),
    ]
  )
  func kinds(written: String, named: [String]) throws {
    let reference = DeclaredReference(
      parent: [.member("spec"), .member("issuerRef")],
      nameMember: "name",
      kindMember: "kind",
      groupMember: "group",
      targets: [.init(Self.issuer), .init(Self.clusterIssuer, isNamespaced: false)]
    )
    #expect(try Self.named(#"{"spec":{"issuerRef":\#(written)}}"#, by: reference) == named)
  }

  @Test func eachElementNamesItsOwn() throws {
    let reference = DeclaredReference(
      parent: [.member("spec"), .member("sources"), .any],
      nameMember: "name",
      namespaceMember: "namespace",
      targets: [.init(ConfigMap.kind)],
      isOptional: true
    )
    let text =
      #"{"spec":{"sources":[{"name":"a"},{"name":"b","namespace":"other"},{"title":"c"}]}}"#
    #expect(
      try Self.named(text, by: reference)
        == ["spec.sources[0].name ConfigMap shop/a", "spec.sources[1].name ConfigMap other/b"]
    )
    let fields = try Self.fields(text, of: reference)
    #expect(reference.references(of: fields, in: "shop").allSatisfy { $0.isOptional })
  }
}
