import CloudEvents
import Inspection
import KubernetesObjects
import Testing
import UserConfiguration
import WireFormats

@testable import EventDelivery

@Suite struct FindingEventTests {
  private func event(
    _ kind: FindingEvent.Kind = .raised,
    _ document: JSONValue = Sample.document(1, "It is stuck"),
    revision: Int64 = 0
  ) -> CloudEvent {
    FindingEvent(
      kind: kind,
      document: document,
      since: Sample.noon.millisecondsSince1970,
      revision: revision
    ).cloudEvent(at: Sample.noon)
  }

  @Test func itSaysWhatTriggersFilterBy() throws {
    let event = event()
    #expect(event.type == "io.kpatrol.finding.raised")
    #expect(event.source == "/kpatrol/clusters/prod" && event.subject == "Pod/shop/pod-1")
    #expect(event.time == "2026-11-26T12:00:00Z" || event.time == "2026-11-26T12:00:00.000Z")
    let finding = Sample.finding().id.description
    let wanted = [
      "cluster": "prod", "check": "stuck/x", "severity": "warning", "kind": "Pod",
      "namespace": "shop", "finding": finding, "partitionkey": finding,
    ]
    for (name, value) in wanted { #expect(event.extensions[name] == value) }
    #expect(event.extensions.keys.allSatisfy { CloudEvent.isName($0) && $0.count <= 20 })
    #expect(event.extensions["muted"] == nil && event.extensions["team"] == nil)
    #expect(event.id.hasPrefix("\(finding).raised."))
  }

  @Test func oneOccurrenceIsOneTraceOfManySpans() throws {
    func parts(_ event: CloudEvent) -> [Substring] {
      event.extensions["traceparent"]?.split(separator: "-") ?? []
    }
    let (raised, over) = (parts(event()), parts(event(.resolved, revision: 1)))
    #expect(raised.map(\.count) == [2, 32, 16, 2] && raised[0] == "00" && raised[3] == "01")
    #expect(raised[1] == over[1] && raised[2] != over[2])
  }

  @Test func itsIDTellsWhatItTells() {
    #expect(event().id == event().id)
    #expect(event().id != event(revision: 1).id)
    #expect(event().id != event(.raised, Sample.document(1, "other")).id)
    // When it began is known better by who looked earlier.
    var later = Sample.document(1, "It is stuck")
    later["mayBeYounger"] = true
    #expect(event().id == event(.raised, later).id)
  }

  @Test func kindsOfGroupsAndWhatIsNoObjectHaveSubjects() {
    var document = Sample.document(1, "a")
    document["subject"] = [
      "kind": "Deployment", "group": "apps", "namespace": "shop", "name": "cart",
    ]
    #expect(event(.raised, document).subject == "Deployment.apps/shop/cart")
    document["subject"] = ["kind": "Address", "name": "10.0.0.7"]
    #expect(event(.raised, document).subject == "Address/10.0.0.7")
    #expect(event(.raised, document).extensions["namespace"] == nil)
  }
}

@Suite struct EventSinkTests {
  @Test func theConfigurationCountsBeforeKnativesVariable() throws {
    var settings = EventSettings()
    #expect(try EventSink(settings, environment: [:]) == nil)
    #expect(try EventSink(settings, environment: ["K_SINK": ""]) == nil)
    let environment = ["K_SINK": "http://broker.example/ns"]
    #expect(try EventSink(settings, environment: environment)?.url == "http://broker.example/ns")
    #expect(try EventSink(settings, environment: environment)?.place == "broker.example")
    settings.sink = "https://other.example"
    #expect(try EventSink(settings, environment: environment)?.url == "https://other.example")
  }

  @Test func overridesAreAddedToEveryEvent() throws {
    let sink = try EventSink(
      EventSettings(),
      environment: ["K_SINK": "http://a", "K_CE_OVERRIDES": #"{"extensions":{"team":"sre"}}"#]
    )
    #expect(sink?.extensions == ["team": "sre"])
    #expect(sink?.remote().extensions == ["team": "sre"])
  }

  @Test(
    "What is none of Knative's is told at the start",
    arguments: [
      ("nowhere", ""), ("file:///etc", ""), ("http://a", "{"), ("http://a", #"{"extensions":[]}"#),
      ("http://a", #"{"extensions":{"Team":"x"}}"#), ("http://a", #"{"extensions":{"id":"x"}}"#),
      ("http://a", #"{"extensions":{"team":1}}"#),
    ]
  )
  func mistakes(sink: String, overrides: String) {
    #expect(throws: EventSink.Mistake.self) {
      try EventSink(
        EventSettings(),
        environment: ["K_SINK": sink, "K_CE_OVERRIDES": overrides]
      )
    }
  }
}
