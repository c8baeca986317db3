import Testing
import WireFormats

@testable import SimulatedCluster

/// Events of `v1` and of `events.k8s.io/v1`, which are the same objects.
@Suite struct EventGroupTests {
  private static let core = "/api/v1/namespaces/shop/events"
  private static let own = "/apis/events.k8s.io/v1/namespaces/shop/events"

  private static let newer: JSONValue = [
    "apiVersion": "events.k8s.io/v1", "kind": "Event", "metadata": ["name": "e1"],
    "eventTime": "2026-11-23T10:00:00.123456Z", "reportingController": "example.com/recorder",
    "reportingInstance": "recorder-1", "action": "Binding", "reason": "Scheduled",
    "regarding": ["kind": "Pod", "namespace": "shop", "name": "one", "apiVersion": "v1"],
    "related": ["kind": "Node", "name": "node-1"],
    "note": "Assigned", "type": "Normal",
    "series": ["count": 2, "lastObservedTime": "2026-11-23T10:00:01.000000Z"],
  ]
  private static let older: JSONValue = [
    "apiVersion": "v1", "kind": "Event", "metadata": ["name": "e2"],
    "involvedObject": ["kind": "Pod", "namespace": "shop", "name": "two", "fieldPath": "spec"],
    "reason": "BackOff", "message": "Back-off", "type": "Warning", "count": 3,
    "source": ["component": "kubelet", "host": "node-1"],
    "firstTimestamp": "2026-11-23T09:00:00Z", "lastTimestamp": "2026-11-23T10:00:00Z",
  ]

  private func server() async throws -> TestServer {
    let test = try TestServer()
    #expect(try await test.send("POST", Self.own, Self.newer).status == 201)
    #expect(try await test.send("POST", Self.core, Self.older).status == 201)
    return test
  }

  @Test func bothRecordedGroupsHaveTheSameValuesInTheirOwnForm() async throws {
    let cluster = try RecordedCluster()
    for number in ["017", "049"] {
      let recording = try Recording(number)
      let answer = try await cluster.answer(number, recording).json()
      func events(_ list: JSONValue) throws -> [JSONValue] {
        try #require(list["items"]?.arrayValue).map { event in
          var event = event
          event[path: "metadata", "resourceVersion"] = nil
          return event
        }
      }
      #expect(try events(answer) == events(recording.json))
    }
  }

  @Test func anEventOfOneGroupIsReadInTheOther() async throws {
    let test = try await server()
    let core = try await test.get("\(Self.core)/e1")
    #expect(core["apiVersion"] == "v1")
    #expect(core["message"] == "Assigned")
    #expect(core["involvedObject"] == Self.newer["regarding"])
    #expect(core["reportingComponent"] == "example.com/recorder")
    #expect(core["firstTimestamp"] == .null && core["source"] == [:])
    for member in ["series", "related", "action", "eventTime", "reportingInstance", "type"] {
      #expect(core[member] == Self.newer[member])
    }
    #expect(core["note"] == nil && core["regarding"] == nil && core["count"] == nil)
    let own = try await test.get("\(Self.own)/e2")
    #expect(own["apiVersion"] == "events.k8s.io/v1")
    #expect(own["note"] == "Back-off")
    #expect(own["regarding"] == Self.older["involvedObject"])
    #expect(own["deprecatedSource"] == Self.older["source"])
    #expect(own["deprecatedFirstTimestamp"] == Self.older["firstTimestamp"])
    #expect(own["deprecatedLastTimestamp"] == Self.older["lastTimestamp"])
    #expect(own["deprecatedCount"] == 3 && own["eventTime"] == .null)
    #expect(own["reportingController"] == nil && own["source"] == nil)
    let versions = [core, try await test.get("\(Self.own)/e1")].map {
      $0[path: "metadata", "resourceVersion"]
    }
    #expect(versions[0] == versions[1])
  }

  @Test func aWatchOfEitherGroupSeesWhatTheOtherWrites() async throws {
    let test = try TestServer()
    let start = test.registry.store.version
    _ = try await test.send("POST", Self.own, Self.newer)
    _ = try await test.send(
      "PATCH",
      "\(Self.core)/e1",
      ["message": "Assigned again"],
      type: "application/merge-patch+json"
    )
    #expect(try await test.send("DELETE", "\(Self.core)/e1").status == 200)
    let query = "?watch=true&resourceVersion=\(start)&timeoutSeconds=0"
    let own = try await test.send("GET", Self.own + query).lines()
    let core = try await test.send("GET", Self.core + query).lines()
    #expect(own.map { $0["type"] } == ["ADDED", "MODIFIED", "DELETED"])
    #expect(core.map { $0["type"] } == own.map { $0["type"] })
    let note = "Assigned again" as JSONValue
    #expect(own.map { $0["object"]?["note"] } == ["Assigned", note, note])
    #expect(core.map { $0["object"]?["message"] } == ["Assigned", note, note])
    let protobuf = try await test.send(
      "GET",
      Self.own + query,
      accept: "\(ProtobufEnvelope.mediaType);stream=watch"
    )
    let events = try ProtobufTree().events(protobuf.bytes).arrayValue ?? []
    // `note` is the tenth field there; the fourth of the other form is another text.
    #expect(events.map { $0["object"]?["10"] } == ["Assigned", note, note])
  }

  @Test func aPatchIsOfTheFormInWhichItIsSent() async throws {
    let test = try await server()
    let series: JSONValue = ["count": 7, "lastObservedTime": "2026-11-23T11:00:00.000000Z"]
    let patched = try await test.send(
      "PATCH",
      "\(Self.own)/e1",
      ["series": series],
      type: "application/strategic-merge-patch+json"
    )
    #expect(patched.status == 200)
    #expect(try patched.json()["series"] == series)
    #expect(try await test.get("\(Self.core)/e1")["series"] == series)
    #expect(try await test.get("\(Self.core)/e1")["message"] == "Assigned")
    var replaced = try await test.get("\(Self.own)/e1")
    replaced[path: "metadata", "labels"] = ["a": "b"]
    #expect(try await test.send("PUT", "\(Self.own)/e1", replaced).status == 200)
    #expect(try await test.get("\(Self.core)/e1")[path: "metadata", "labels", "a"] == "b")
  }

  @Test func whatAnEventSaysIsFixedInTheNewerGroupAlone() async throws {
    let test = try await server()
    let merge = "application/merge-patch+json"
    let refused = try await test.send("PATCH", "\(Self.own)/e1", ["note": "other"], type: merge)
    #expect(refused.status == 422)
    #expect(
      try refused.json()["message"]
        == #"Event "e1" is invalid: message: Invalid value: "other": field is immutable"#
    )
    let allowed = try await test.send("PATCH", "\(Self.core)/e1", ["message": "o"], type: merge)
    #expect(allowed.status == 200)
  }

  @Test(
    "A new event has to be whole",
    arguments: [
      (own, "eventTime", nil, "eventTime"), (own, "type", "Other", "type"),
      (own, "action", nil, "action"), (own, "deprecatedCount", 1, "count"),
      (own, "reportingController", "", "reportingController"),
      (own, "series", ["count": 1, "lastObservedTime": "2026-11-23T10:00:01Z"], "series.count"),
      (own, "note", .string(String(repeating: "n", count: 1025)), "message"),
      (own, "regarding", ["kind": "Pod"], "involvedObject.namespace"),
      (core, "involvedObject", ["kind": "Pod", "namespace": "other"], "involvedObject.namespace"),
    ] as [(String, String, JSONValue?, String)]
  )
  func mistakes(path: String, member: String, value: JSONValue?, field: String) async throws {
    let test = try TestServer()
    var event = path == Self.own ? Self.newer : Self.older
    event[member] = value
    let answer = try await test.send("POST", path, event)
    #expect(answer.status == 422)
    let causes = try answer.json()[path: "details", "causes"]?.arrayValue ?? []
    #expect(causes.contains { $0["field"] == .string(field) }, "\(causes)")
  }

  @Test func anObjectOfTheOtherGroupIsNotTakenForOne() async throws {
    let test = try TestServer()
    let answer = try await test.send("POST", Self.own, Self.older)
    #expect(answer.status == 400)
    #expect(
      try answer.json()["message"]
        == """
        the API version in the data (v1) does not match the expected API version (events.k8s.io/v1)
        """
    )
  }

  @Test(
    "Each group selects by its own fields",
    arguments: [
      (own, "regarding.name=one", ["e1"]),
      (own, "reportingController=example.com/recorder", ["e1"]),
      (own, "type=Warning,regarding.kind=Pod", ["e2"]), (core, "involvedObject.name=two", ["e2"]),
      (core, "reportingComponent=example.com/recorder", ["e1"]), (core, "source=kubelet", ["e2"]),
      (core, "source=example.com/recorder", ["e1"]), (own, "involvedObject.name=one", nil),
      (own, "source=kubelet", nil), (core, "regarding.name=one", nil),
    ] as [(String, String, [String]?)]
  )
  func selection(path: String, selector: String, names: [String]?) async throws {
    let test = try await server()
    let answer = try await test.send("GET", "\(path)?fieldSelector=\(selector)")
    #expect(answer.status == (names == nil ? 400 : 200))
    guard let names else { return }
    let found = try answer.json()["items"]?.arrayValue?.compactMap {
      $0[path: "metadata", "name"]?.stringValue
    }
    #expect(found == names)
  }

  @Test func metadataAndRowsAreTheSameInBothGroups() async throws {
    let test = try await server()
    let table = "application/json;as=Table;g=meta.k8s.io;v=v1"
    let metadata = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"
    for accept in [table, metadata, "\(ProtobufEnvelope.mediaType);as=PartialObjectMetadataList"] {
      let core = try await test.send("GET", Self.core, accept: accept)
      let own = try await test.send("GET", Self.own, accept: accept)
      #expect(core.bytes == own.bytes)
      #expect(core.headers["Content-Type"] == own.headers["Content-Type"])
    }
    let rows = try await test.get(Self.own, accept: table)
    let names = rows["columnDefinitions"]?.arrayValue?.map { $0["name"] }
    #expect(
      names == [
        "Last Seen", "Type", "Reason", "Object", "Subobject", "Source", "Message", "First Seen",
        "Count", "Name",
      ]
    )
    let cells = try #require(rows["rows"]?.arrayValue?.compactMap { $0["cells"]?.arrayValue })
    #expect(
      Array(cells[0][1...6]) == [
        "Normal", "Scheduled", "pod/one", "", "example.com/recorder, recorder-1", "Assigned",
      ]
    )
    #expect(Array(cells[0][8...]) == [2, "e1"])
    #expect(
      Array(cells[1][1...6]) == [
        "Warning", "BackOff", "pod/two", "spec", "kubelet, node-1", "Back-off",
      ]
    )
    let whole = try await test.get("\(Self.own)?includeObject=Object", accept: table)
    #expect(whole["rows"]?[0]?["object"]?["note"] == "Assigned")
  }

  @Test func bookmarksHaveTheFormOfTheirGroup() throws {
    let forms: [(ServedResource, String)] = [
      (.events, "source"), (.eventsOfTheirOwnGroup, "deprecatedSource"),
    ]
    for (resource, member) in forms {
      let bookmark = try JSONValue(
        parsing: Presentation.whole.bookmark(version: 7, endsInitialEvents: false, of: resource)
      )
      #expect(bookmark[member] == [:])
      #expect(bookmark["apiVersion"] == .string(resource.apiVersion))
    }
  }

  @Test func eventsAreDeletedThroughEitherGroup() async throws {
    let test = try await server()
    #expect(try await test.send("DELETE", Self.own).status == 200)
    #expect(test.registry.objects(.events).isEmpty)
    let answer = try await test.send("GET", "\(Self.own)/e1")
    #expect(answer.status == 404)
    #expect(try answer.json()["message"] == #"events "e1" not found"#)
  }

  @Test func aClientMayWriteEventsAsProtobuf() async throws {
    let test = try TestServer()
    let index = try #require(ProtobufSchema.shared.index(of: .eventsOfTheirOwnGroup))
    let body = ProtobufEnvelope.envelope(
      ProtobufEncoder.encode(Self.newer.encoded(), as: index),
      apiVersion: "events.k8s.io/v1",
      kind: "Event"
    )
    let headers = [
      "Authorization": "Bearer secret", "Content-Type": ProtobufEnvelope.mediaType,
      "Accept": "application/json",
    ]
    let answer = try await test.send(APIRequest("POST", Self.own, headers: headers, body: body))
    #expect(answer.status == 201)
    #expect(try answer.json()["note"] == "Assigned")
    #expect(try await test.get("\(Self.core)/e1")["eventTime"] == Self.newer["eventTime"])
  }

  @Test func bothKindsOfDiscoveryNameBothGroups() async throws {
    let test = try TestServer()
    for recording in try [Recording("005"), Recording("007")] {
      let own = try await test.send(recording.request).json()
      let key = own["groups"] == nil ? "items" : "groups"
      func group(_ list: JSONValue) -> JSONValue? {
        list[key]?.arrayValue?.first {
          $0["name"] == "events.k8s.io" || $0["metadata"]?["name"] == "events.k8s.io"
        }
      }
      #expect(group(own) != nil)
      #expect(group(own) == group(try recording.json))
    }
    let resources = try await test.get("/apis/events.k8s.io/v1")["resources"]?.arrayValue ?? []
    #expect(resources.map { $0["name"] } == ["events"])
  }
}
