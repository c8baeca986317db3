import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// An event that tells of an object, in binary or structured mode (CloudEvents 1.0, HTTP binding).
struct ObjectEvent {
  /// Something that is no such event.
  struct Problem: Error, CustomStringConvertible { let description: String }

  /// What is read of an object.
  struct Object: Decodable {
    /// Of a Pod, or of a workload, which has a template of Pods.
    struct Spec: Decodable {
      var containers: [Container]?
      var template: Template?
    }

    struct Template: Decodable {
      struct Spec: Decodable { var containers: [Container]? }

      var spec: Spec?
    }

    struct Container: Decodable {
      struct Resources: Decodable {
        var limits: [String: Quantity]?
      }

      var name: String?
      var resources: Resources?
    }

    /// A quantity, written as a text or as a number; only that it is there matters.
    struct Quantity: Decodable {
      init(from decoder: any Decoder) throws {}
    }

    var spec: Spec?
  }

  private struct Content: Decodable {
    var change: String?
    var object: Object?
  }

  private struct Structured: Decodable {
    var specversion: String
    var id: String
    var type: String
    var subject: String?
    var cluster: String?
    var data: Content?
  }

  private let id: String
  private let type: String
  private let subject: String
  private let cluster: String?
  private let content: Content

  init(_ headers: HTTPFields, _ body: Data) throws {
    func attribute(_ name: String) -> String? {
      HTTPField.Name("ce-\(name)").flatMap { headers[$0] }?.removingPercentEncoding
    }
    let mediaType = headers[.contentType] ?? ""
    if mediaType.hasPrefix("application/cloudevents+json") {
      let event = try JSONDecoder().decode(Structured.self, from: body)
      guard event.specversion == "1.0" else { throw Problem(description: "another version") }
      (id, type, cluster) = (event.id, event.type, event.cluster)
      (subject, content) = (event.subject ?? "", event.data ?? Content())
    } else {
      guard attribute("specversion") == "1.0", let id = attribute("id"),
        let type = attribute("type")
      else { throw Problem(description: "no ce-specversion 1.0, no ce-id or no ce-type") }
      (self.id, self.type) = (id, type)
      subject = attribute("subject") ?? ""
      cluster = attribute("cluster")
      content = body.isEmpty ? Content() : try JSONDecoder().decode(Content.self, from: body)
    }
  }

  /// Whether it tells of an object that is there; what is gone has nothing wrong with it.
  var isChange: Bool { type == "io.kpatrol.object.changed" && content.change == "upserted" }

  struct Finding: Encodable {
    let reason: String
    let severity: String
    let message: String
    let evidence: [String: String]
  }

  /// What is wrong with the object.
  var findings: [Finding] {
    let spec = content.object?.spec
    let path = spec?.template == nil ? "spec" : "spec.template.spec"
    let containers = spec?.template?.spec?.containers ?? spec?.containers ?? []
    let unlimited = containers.enumerated().filter {
      $0.element.resources?.limits?["memory"] == nil
    }
    guard !unlimited.isEmpty else { return [] }
    let names = unlimited.map { $0.element.name ?? "\($0.offset)" }.joined(separator: ", ")
    let evidence = unlimited.map {
      ("\(path).containers[\($0.offset)].resources.limits", "no memory")
    }
    return [
      Finding(
        reason: "NoMemoryLimit",
        severity: "warning",
        message: "Containers have no memory limit: \(names)",
        evidence: Dictionary(uniqueKeysWithValues: evidence)
      )
    ]
  }

  /// The answer: one event in structured mode, about the subject of this one.
  func reply(findings: [Finding]) throws -> Response {
    struct Reply: Encodable {
      struct Content: Encodable { let findings: [Finding] }

      let specversion = "1.0"
      let type = "io.kpatrol.finding"
      let id = UUID().uuidString
      /// Its last part is the check's name in KPatrol's configuration.
      let source = "/checks/memory-limits"
      let datacontenttype = "application/json"
      let subject: String
      let cluster: String?
      /// Which event is answered.
      let causationid: String
      let data: Content
    }
    let reply = Reply(
      subject: subject,
      cluster: cluster,
      causationid: id,
      data: Reply.Content(findings: findings)
    )
    return Response(
      status: .ok,
      headers: [.contentType: "application/cloudevents+json; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(data: try JSONEncoder().encode(reply)))
    )
  }
}
