import ClusterGraph
import KubernetesObjects
import ObjectBuilders
import Testing

/// What the graph keeps of objects besides their records, and names by it.
@Suite struct KindExtensionTests {
  private static let widget = APIResource.widgets.kind
  private var graph = ClusterGraph()

  private static let secretName = DeclaredReference(
    parent: [.member("spec"), .member("secretName")],
    targets: [.init(Secret.kind)]
  )

  private static func fields(secret: String) -> ProjectedFields {
    let spec = ProjectedFields([.init(name: "secretName", value: .string(secret))])
    return ProjectedFields([.init(name: "spec", value: .object(spec))])
  }

  /// Names of what a change touches.
  private mutating func touched(
    by change: (inout ClusterGraph, inout HandleSet) -> Void
  ) -> Set<String> {
    var handles: HandleSet = []
    change(&graph, &handles)
    return Set(handles.compactMap { graph.id(of: $0)?.description })
  }

  private mutating func put(secret: String?, version: String = "1") -> Set<String> {
    let record = CustomRecord(resource: .widgets, metadata: .sample("w", namespace: "shop"))
    let snapshot = ObjectSnapshot(
      record,
      version: version,
      projected: secret.map { Self.fields(secret: $0) }
    )
    return touched { $0.upsert(snapshot, touching: &$1) }
  }

  private mutating func extend(
    by references: [DeclaredReference] = [secretName],
    remembersPrevious: Bool = false,
    isReadByNeighbours: Bool = false
  ) -> Set<String> {
    var known = KindExtension()
    for reference in references { known.add(reference) }
    known.remembersPrevious = remembersPrevious
    known.isReadByNeighbours = isReadByNeighbours
    return extend(to: known)
  }

  private mutating func extend(to known: KindExtension) -> Set<String> {
    touched { $0.setExtension(of: Self.widget, to: known, touching: &$1) }
  }

  private func named() throws -> [String] {
    let key = ObjectKey(Self.widget, namespace: "shop", name: "w")
    let handle = try #require(graph.handle(of: .object(key)))
    return graph.targets(of: handle, over: .declared).map { $0.id.description }
  }

  @Test mutating func aDeclaredReferenceIsAnEdge() throws {
    _ = extend()
    #expect(put(secret: "tls").contains("Secret shop/tls"))
    #expect(try named() == ["Secret shop/tls"])
    #expect(
      put(secret: "other", version: "2").isSuperset(of: ["Secret shop/tls", "Secret shop/other"])
    )
    #expect(try named() == ["Secret shop/other"])
    let key = ObjectKey(Self.widget, namespace: "shop", name: "w")
    #expect(touched { $0.remove(key, touching: &$1) }.contains("Secret shop/other"))
    graph.freeUnusedVertices()
    #expect(
      graph.handle(of: .object(ObjectKey(Secret.kind, namespace: "shop", name: "other"))) == nil
    )
  }

  @Test mutating func equalFieldsTouchNothing() {
    _ = extend()
    _ = put(secret: "tls")
    #expect(put(secret: "tls", version: "2").isEmpty)
  }

  @Test mutating func referencesThatBecomeKnownAreTakenFromWhatIsThere() throws {
    _ = extend(by: [])
    _ = put(secret: "tls")
    #expect(try named().isEmpty)
    #expect(extend().contains("Secret shop/tls"))
    #expect(try named() == ["Secret shop/tls"])
    #expect(extend(by: []).contains("Secret shop/tls"))
    #expect(try named().isEmpty)
  }

  @Test mutating func neighboursSeeFieldsOnlyWhereTheyReadThem() {
    _ = extend(by: [])
    _ = put(secret: "a")
    #expect(put(secret: "b", version: "2") == ["Widget.example.com shop/w"])
    _ = extend(by: [], isReadByNeighbours: true)
    #expect(put(secret: "c", version: "3").contains("Namespace shop"))
  }

  @Test mutating func whatWasThereBeforeIsRememberedWhereSomebodyAsks() throws {
    _ = extend(by: [], remembersPrevious: true)
    _ = put(secret: "a")
    let key = ObjectKey(Self.widget, namespace: "shop", name: "w")
    let handle = try #require(graph.handle(of: .object(key)))
    #expect(graph.previousFields(of: handle) == nil)
    _ = put(secret: "b", version: "2")
    #expect(graph.previousFields(of: handle) == Self.fields(secret: "a"))
    #expect(graph.projectedFields(of: handle) == Self.fields(secret: "b"))
    _ = put(secret: nil, version: "3")
    #expect(graph.projectedFields(of: handle) == nil)
  }

  @Test mutating func whatIsReadAnewHasNotChanged() throws {
    var known = KindExtension()
    known.add(Self.secretName)
    known.remembersPrevious = true
    let less = known
    known.projection.keep([.member("data")])
    let more = known
    _ = extend(to: more)
    _ = put(secret: "a")
    _ = put(secret: "b", version: "2")
    let key = ObjectKey(Self.widget, namespace: "shop", name: "w")
    let handle = try #require(graph.handle(of: .object(key)))
    // Less is kept from now on, which looks like a change.
    _ = extend(to: less)
    _ = put(secret: "c", version: "2")
    #expect(graph.previousFields(of: handle) == Self.fields(secret: "a"))
    // Of what was before not all is known that is kept now.
    _ = extend(to: more)
    #expect(put(secret: "c", version: "2") == ["Widget.example.com shop/w"])
    #expect(graph.previousFields(of: handle) == nil)
    _ = put(secret: "d", version: "3")
    #expect(graph.previousFields(of: handle) == Self.fields(secret: "c"))
  }

  @Test mutating func anotherObjectOfTheSameNameHasNoPast() throws {
    _ = extend(by: [], remembersPrevious: true)
    _ = put(secret: "a")
    var record = CustomRecord(resource: .widgets, metadata: .sample("w", namespace: "shop"))
    record.metadata.uid = "other"
    let fields = Self.fields(secret: "b")
    _ = touched {
      $0.upsert(ObjectSnapshot(record, version: "2", projected: fields), touching: &$1)
    }
    let key = ObjectKey(Self.widget, namespace: "shop", name: "w")
    let handle = try #require(graph.handle(of: .object(key)))
    #expect(graph.previousFields(of: handle) == nil)
  }
}
