import HTTP
import TestServers
import Testing
import WireFormats

@testable import RemoteChecks

/// The example in Swift answers one event with one, whichever way it is sent.
@Suite(.fewAtOnce) struct SwiftCheckTests {
  private static let object: JSONValue = [
    "change": "upserted",
    "object": [
      "kind": "Deployment",
      "spec": [
        "template": [
          "spec": [
            "containers": [
              ["name": "cart", "resources": ["limits": ["memory": "1Gi"]]],
              ["name": "proxy", "resources": ["limits": ["cpu": 1]]],
            ]
          ]
        ]
      ],
    ],
  ]

  private func ask(
    _ url: String,
    _ headers: HTTPHeaders,
    _ body: JSONValue
  ) async throws -> HTTPResponse {
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    return try await HTTPClient(eventLoop: eventLoop)
      .response(to: HTTPRequest(.post, url, headers: headers, body: body.encoded()))
  }

  @Test func itAnswersEventsInBinaryMode() async throws {
    let check = try await PythonServer(program: "memory-limits")
    let answer = try await ask(
      check.url,
      [
        "Content-Type": "application/json", "ce-specversion": "1.0", "ce-id": "u.7",
        "ce-source": "/kpatrol/clusters/prod", "ce-type": "io.kpatrol.object.changed",
        "ce-subject": "Deployment.apps/shop/cart%C3%A9", "ce-cluster": "prod",
      ],
      Self.object
    )
    #expect(answer.status == 200)
    #expect(answer.head.headers["Content-Type"]?.hasPrefix("application/cloudevents+json") == true)
    let event = try JSONValue(parsing: answer.body)
    #expect(event["type"] == "io.kpatrol.finding" && event["source"] == "/checks/memory-limits")
    #expect(event["subject"] == "Deployment.apps/shop/carté" && event["cluster"] == "prod")
    #expect(event["causationid"] == "u.7")
    let findings = event["data"]?["findings"]?.arrayValue
    #expect(findings?.count == 1)
    #expect(findings?.first?["message"] == "Containers have no memory limit: proxy")
  }

  @Test func whatIsInOrderIsSaidSo() async throws {
    let check = try await PythonServer(program: "memory-limits")
    let answer = try await ask(
      check.url,
      ["Content-Type": "application/cloudevents+json; charset=utf-8"],
      [
        "specversion": "1.0", "id": "u.8", "source": "/a", "type": "io.kpatrol.object.changed",
        "subject": "Pod/shop/a",
        "data": ["change": "upserted", "object": ["spec": ["containers": []]]],
      ]
    )
    let event = try JSONValue(parsing: answer.body)
    #expect(event["data"] == ["findings": []] && event["causationid"] == "u.8")
  }

  @Test func whatIsNoEventIsRefused() async throws {
    let check = try await PythonServer(program: "memory-limits")
    let answer = try await ask(check.url, ["Content-Type": "application/json"], ["a": 1])
    #expect(answer.status == 400)
  }
}
