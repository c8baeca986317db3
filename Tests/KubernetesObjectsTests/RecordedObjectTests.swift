import KubernetesObjects
import ObjectBuilders
import Testing
import WireFormats

@Suite struct RecordedObjectTests {
  private let decoder = ObjectDecoder()

  private func page(_ number: String, of resource: APIResource) throws -> ListPage {
    let body = try RecordedExchange(number).body
    return try ListPage(decoding: body.span.bytes, of: resource, decoder: decoder)
  }

  @Test func podsKeepWhatChecksRead() throws {
    let page = try page("012", of: .pods)
    #expect(page.metadata.resourceVersion == "357")
    #expect(page.metadata.continueToken == nil)
    let pods = page.objects.compactMap { $0.record as? Pod }
    #expect(pods.count == 7)
    let cart = try #require(pods.first { $0.metadata.name == "cart-64fc7b9969-6kftj" })
    #expect(cart.metadata.namespace == "shop")
    #expect(cart.metadata.uid == "be814031-0cb0-4d64-bbdd-dd24f3187683")
    #expect(cart.metadata.controller?.name == "cart-64fc7b9969")
    #expect(cart.metadata.controller?.kind == ObjectKind("ReplicaSet", group: "apps"))
    #expect(cart.nodeName == "node-2")
    #expect(cart.phase == .running)
    #expect(cart.addresses == [IPAddress("10.244.1.20")])
    let kept = try #require(pods.first { $0.metadata.name == "kept" })
    #expect(kept.metadata.finalizers == ["example.com/hold"])
    #expect(kept.metadata.deletionTimestamp == Timestamp(rfc3339: "2026-11-23T09:59:59Z"))
  }

  @Test func nodesKeepTheirReadinessAndRanges() throws {
    let nodes = try page("013", of: .nodes).objects.compactMap { $0.record as? Node }
    #expect(nodes.map(\.metadata.name) == ["node-1", "node-2", "node-3", "node-4"])
    #expect(nodes.map(\.ready?.status) == [.isTrue, .isTrue, .isFalse, .isTrue])
    #expect(nodes.map(\.isUnschedulable) == [false, false, false, true])
    #expect(nodes[0].podCIDRs == [IPPrefix("10.244.1.0/24")])
  }

  @Test func volumesKeepTheirClaim() throws {
    let volumes = try page("020", of: .volumes).objects.compactMap {
      $0.record as? PersistentVolume
    }
    #expect(volumes.map(\.phase) == [.bound, .available, .released])
    #expect(volumes.map(\.claim?.name) == ["data", nil, "deleted"])
    #expect(volumes[2].capacity == "10Gi")
  }

  @Test func definitionsKeepTheirKind() throws {
    let page = try page("042", of: .definitions)
    let definitions = page.objects.compactMap { $0.record as? CustomResourceDefinition }
    #expect(
      definitions.map(\.definedKind)
        == [
          ObjectKind("Unused", group: "example.com"), ObjectKind("Widget", group: "example.com"),
        ]
    )
    #expect(definitions.map(\.isServed) == [true, true])
  }

  @Test func aTerminatingNamespaceKeepsWhatItsControllerSays() throws {
    let namespaces = try page("014", of: .namespaces).objects.compactMap { $0.record as? Namespace }
    let ghost = try #require(namespaces.first { $0.metadata.name == "ghost" })
    #expect(ghost.metadata.isTerminating)
    #expect(ghost.specFinalizers == ["kubernetes"])
    #expect(
      ghost.conditions.contains {
        $0.type == "NamespaceDeletionDiscoveryFailure" && $0.status == .isTrue
      }
    )
  }

  @Test("Metadata-only and whole lists give the same partial records", arguments: ["048", "051"])
  func partialRecords(number: String) throws {
    let records = try page(number, of: .widgets).objects.map(\.record)
    #expect(records.map(\.key.qualifiedName) == ["ghost/w2", "shop/w1"])
    #expect(records[1].metadata.finalizers == ["example.com/widget-controller"])
    let definition = VertexID.object(
      ObjectKey(CustomResourceDefinition.kind, name: "widgets.example.com")
    )
    #expect(records[1].references.contains { $0.target == definition })
  }

  @Test func aPageTellsHowToGoOn() throws {
    let page = try page("053", of: .pods)
    #expect(page.objects.count == 3)
    #expect(page.metadata.continueToken?.isEmpty == false)
    #expect(page.metadata.remainingItemCount == 4)
  }

  @Test func watchEventsAreReadInTheirOrder() throws {
    let lines = try RecordedExchange("058").body.split(separator: UInt8(ascii: "\n"))
    let events = try lines.map { line in
      try WatchEvent(decoding: Array(line).span.bytes, of: .pods, decoder: decoder)
    }
    let names = events.map { event in
      switch event {
      case .added(let object): "added \(object.resourceVersion)"
      case .modified(let object): "modified \(object.resourceVersion)"
      case .deleted(let object): "deleted \(object.resourceVersion)"
      case .elsewhere(let version): "elsewhere \(version)"
      case .bookmark(let version, let ends): "bookmark \(version) \(ends)"
      case .error(let status): "error \(status.code)"
      }
    }
    #expect(
      names == [
        "added 359", "modified 360", "modified 362", "modified 363", "deleted 364",
        "bookmark 364 false",
      ]
    )
  }

  @Test func theEndOfAStreamingListIsMarked() throws {
    let lines = try RecordedExchange("059").body.split(separator: UInt8(ascii: "\n"))
    let ends = try lines.compactMap { line in
      switch try WatchEvent(decoding: Array(line).span.bytes, of: .pods, decoder: decoder) {
      case .bookmark(_, let ends): ends
      default: nil
      }
    }
    #expect(ends.contains(true))
  }

  @Test func anExpiredWatchIsAnErrorEvent() throws {
    let line = try RecordedExchange("100").body.prefix { $0 != UInt8(ascii: "\n") }
    let event = try WatchEvent(decoding: Array(line).span.bytes, of: .pods, decoder: decoder)
    guard case .error(let status) = event else {
      Issue.record("Not an error: \(event)")
      return
    }
    #expect(status.code == 410)
    #expect(status.reason == "Expired")
  }

  @Test func anEventWhoseTypeComesLastIsReadAllTheSame() throws {
    let text = #"{"object":{"metadata":{"name":"a","resourceVersion":"7"}},"type":"ADDED"}"#
    let event = try WatchEvent(decoding: Array(text.utf8).span.bytes, of: .pods, decoder: decoder)
    guard case .added(let object) = event else {
      Issue.record("Not an addition: \(event)")
      return
    }
    #expect(object.record.metadata.name == "a")
    #expect(object.resourceVersion == "7")
  }

  @Test(
    "Half an event is refused",
    arguments: ["{}", #"{"type":"ADDED"}"#, #"{"type":"X","object":{}}"#]
  )
  func refuses(text: String) {
    #expect(throws: WireError.self) {
      try WatchEvent(decoding: Array(text.utf8).span.bytes, of: .pods, decoder: decoder)
    }
  }

  @Test(
    "Refusals are read",
    arguments: [
      ("066", 403, "Forbidden"), ("068", 404, "NotFound"), ("076", 409, "Conflict"),
      ("078", 429, "TooManyRequests"),
    ]
  )
  func statuses(number: String, code: Int, reason: String) throws {
    let status = try APIStatus(decoding: RecordedExchange(number).body.span.bytes)
    #expect(status.code == code)
    #expect(status.reason == reason)
    #expect(!status.message.isEmpty)
  }

  @Test func aHeartbeatLeavesTheRecordEqual() throws {
    let text = { (time: String) in
      """
      {"metadata":{"name":"node-1","uid":"1","resourceVersion":"\(time.count)\(time.last!)"},
       "status":{"conditions":[{"type":"Ready","status":"True","lastHeartbeatTime":"\(time)",
       "lastTransitionTime":"2026-11-23T08:59:56Z"}]}}
      """
    }
    let records = try ["2026-11-23T09:00:00Z", "2026-11-23T09:00:10Z"].map { time in
      let bytes = Array(text(time).utf8)
      var reader = FieldReader(JSONReader(bytes.span.bytes))
      return try decoder.decode(&reader, of: .nodes).record
    }
    #expect(records[0].isEqual(to: records[1]))
  }
}
