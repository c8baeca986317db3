import CloudEvents
import Inspection
import KubernetesObjects
import WireFormats

@testable import EventDelivery

/// What the tests tell of.
enum Sample {
  static let noon =
    Timestamp(rfc3339: "2026-11-26T12:00:00Z") ?? .init(millisecondsSince1970: 0)

  static func finding(_ number: Int = 1, since: Timestamp = noon) -> Finding {
    let subject = VertexID.object(ObjectKey(Pod.kind, namespace: "shop", name: "pod-\(number)"))
    return Finding(
      id: FindingID(cluster: "prod", check: "stuck/x", subject: subject, discriminator: ""),
      cluster: "prod",
      check: "stuck/x",
      severity: .warning,
      subject: subject,
      message: "",
      evidence: [],
      related: [],
      remedies: [],
      since: since
    )
  }

  static func document(_ number: Int, _ message: String, since: Timestamp = noon) -> JSONValue {
    [
      "id": .string(finding(number).id.description), "cluster": "prod", "check": "stuck/x",
      "severity": "warning", "message": .string(message), "since": .string(since.rfc3339),
      "subject": ["kind": "Pod", "namespace": "shop", "name": .string("pod-\(number)")],
    ]
  }

  /// That a finding is there, and says so.
  static func there(
    _ number: Int = 1,
    _ message: String = "It is stuck",
    since: Timestamp = noon
  ) -> OutboxChange {
    .there(
      OutboxFinding(
        finding(number, since: since),
        document: document(number, message, since: since)
      ),
      at: noon + .seconds(60)
    )
  }

  static func over(_ number: Int = 1) -> OutboxChange {
    .over(finding(number).id, at: noon + .seconds(120))
  }

  static func looked(_ numbers: Int..., checks: Set<CheckID> = ["stuck/x"]) -> OutboxChange {
    .looked(
      FirstLook(
        cluster: "prod",
        time: noon + .seconds(90),
        findings: Set(numbers.map { finding($0).id }),
        checks: checks
      )
    )
  }
}

extension Outbox {
  /// What waits, as `raised pod-1`.
  var waiting: [String] {
    get async throws {
      try await next(worker: 0, of: 1, limit: 1_000).map { waiting in
        let type = waiting.event.type.split(separator: ".").last ?? ""
        return "\(type) \(waiting.event.subject?.split(separator: "/").last ?? "")"
      }
    }
  }

  var ids: [String] {
    get async throws { try await next(worker: 0, of: 1, limit: 1_000).map(\.event.id) }
  }

  /// Sends all that waits.
  func empty() async throws { try await remove(try await next(worker: 0, of: 1, limit: 1_000)) }
}
