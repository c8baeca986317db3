import Checks
import Healing
import Inspection
import KubernetesClient
import KubernetesObjects
import Rules
import Testing
import WireFormats

/// The packs that KPatrol brings along.
@Suite struct ShippedPacksTests {
  private static let folder: String = {
    let tests = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    return tests.joined(separator: "/") + "/rules"
  }()

  @Test func allAreRead() {
    let files = RulePackFiles.read([Self.folder])
    #expect(!files.isEmpty)
    for file in files {
      if case .failure(let mistakes) = file.result { Issue.record("\(mistakes)") }
    }
  }

  @Test(arguments: RulePackFiles.read([folder]).compactMap(\.pack).map(\.name))
  func eachPassesItsTests(name: String) throws {
    let pack = try #require(
      RulePackFiles.read([Self.folder]).compactMap(\.pack).first { $0.name == name }
    )
    #expect(!pack.tests.isEmpty)
    for outcome in RuleTestRun.outcomes(of: pack) where !outcome.hasPassed {
      Issue.record("\(outcome.report)")
    }
    // Each rule and each reference that may not be absent is found by one of them.
    let shown = Set(pack.tests.flatMap(\.expected).map(\.rule))
    let silent = pack.checks.map(\.id).filter { id in
      !shown.contains(id) && !pack.references.contains { $0.id == id && $0.reference.isOptional }
    }
    #expect(silent == [])
  }

  /// What is sent to heal what packs find; the uid is that of the object.
  private static let healed: [(remedy: String, object: JSONValue, patch: JSONValue)] = [
    (
      "argo-cd/comparison-error/refresh",
      [
        "kind": "Application", "group": "argoproj.io",
        "spec": ["project": "p"],
        "status": ["conditions": [["type": "ComparisonError", "message": "no such host"]]],
      ],
      ["metadata": ["uid": "u", "annotations": ["argocd.argoproj.io/refresh": "hard"]]]
    ),
    (
      "cert-manager/renewal-overdue/renew",
      [
        "kind": "Certificate", "group": "cert-manager.io",
        "status": [
          "renewalTime": "2025-12-01T00:00:00Z",
          "conditions": [
            ["type": "Ready", "status": "True", "reason": "Ready"],
            ["type": "Issuing", "status": "False", "reason": "Failed"],
          ],
        ],
      ],
      [
        "metadata": ["uid": "u", "resourceVersion": "7"],
        "status": [
          "conditions": [
            ["type": "Ready", "status": "True", "reason": "Ready"],
            [
              "type": "Issuing", "status": "True", "reason": "ManuallyTriggered",
              "message": "Renewed by a user of KPatrol.",
            ],
          ]
        ],
      ]
    ),
    (
      "external-secrets/not-synced/sync",
      [
        "kind": "ExternalSecret", "group": "external-secrets.io",
        "spec": ["secretStoreRef": ["name": "vault"]],
        "status": [
          "conditions": [["type": "Ready", "status": "False", "reason": "SecretSyncedError"]]
        ],
      ],
      ["metadata": ["uid": "u", "annotations": ["force-sync": "2026-01-01T00:00:00Z"]]]
    ),
    (
      "keda/paused/resume",
      [
        "kind": "ScaledObject", "group": "keda.sh", "spec": ["scaleTargetRef": ["name": "worker"]],
        "status": ["conditions": [["type": "Paused", "status": "True"]]],
      ],
      [
        "metadata": [
          "uid": "u",
          "annotations": [
            "autoscaling.keda.sh/paused": .null, "autoscaling.keda.sh/paused-replicas": .null,
          ],
        ]
      ]
    ),
    (
      "cluster-api/paused/resume",
      ["kind": "Cluster", "group": "cluster.x-k8s.io", "spec": ["paused": true]],
      ["metadata": ["uid": "u"], "spec": ["paused": false]]
    ),
  ]

  @Test(arguments: healed.indices)
  func whatItsRemediesSend(index: Int) throws {
    let (name, object, patch) = Self.healed[index]
    let rule = name.split(separator: "/").dropLast().joined(separator: "/")
    let pack = try #require(
      RulePackFiles.read([Self.folder]).compactMap(\.pack).first { rule.hasPrefix($0.name + "/") }
    )
    var world = World(pack)
    let kind = ObjectKind(
      object["kind"]?.stringValue ?? "",
      group: object["group"]?.stringValue ?? ""
    )
    var members = object
    members[path: "metadata", "uid"] = "u"
    members[path: "metadata", "resourceVersion"] = "7"
    try world.put(kind, "shop/it", members)
    let finding = try #require(world.suspects.first { $0.check.description == rule })
    let remedy = try #require(RuleSet([pack]).remedy(RemedyID(stringLiteral: name)))
    let proposal = remedy.plan(for: finding, in: world.graph)
    guard case .plan(let plan) = proposal, plan.steps.count == 1,
      case .patch(_, .merge(let body), _, _) = plan.steps[0]
    else {
      Issue.record("\(proposal)")
      return
    }
    #expect(body == patch)
    #expect(!plan.reason.isEmpty)
    // No remedy of a pack that KPatrol brings along is left out here.
    let all = RulePackFiles.read([Self.folder]).compactMap(\.pack).flatMap(\.rules)
      .flatMap(\.remedies).map(\.description)
    let shown = Set(Self.healed.map { Self.kindOfRemedy($0.remedy) })
    #expect(all.allSatisfy { shown.contains(Self.kindOfRemedy($0)) })
  }

  /// Several rules of a pack have the same remedy.
  private static func kindOfRemedy(_ id: String) -> String {
    let parts = id.split(separator: "/")
    return "\(parts[0])/\(parts[parts.count - 1])"
  }

  /// KPatrol's own checks about any custom kind, or about kinds that a pack is about, too.
  private static let ownChecks = Catalogue.checks.filter { check in
    ["unhealthy/condition", "stuck/gateway"].contains(check.id)
  }

  @Test(arguments: RulePackFiles.read([folder]).compactMap(\.pack).map(\.name))
  func whatABuiltInCheckFindsTooIsOneFinding(name: String) throws {
    let pack = try #require(
      RulePackFiles.read([Self.folder]).compactMap(\.pack).first { $0.name == name }
    )
    for test in pack.tests {
      var world = World(pack, beside: Self.ownChecks)
      for object in test.objects {
        let metadata = object["metadata"]
        let kind = ObjectKind(
          object["kind"]?.stringValue ?? "",
          apiVersion: object["apiVersion"]?.stringValue ?? ""
        )
        let path = [metadata?["namespace"], metadata?["name"]].compactMap { $0?.stringValue }
        try world.put(kind, path.joined(separator: "/"), object)
      }
      let found = world.inspector.findings + world.inspector.suspects
      let checks = Self.ownChecks + pack.checks
      let causes = Causes(found, checks: checks, in: world.graph).causes
      for finding in found where Self.ownChecks.contains(where: { $0.id == finding.check }) {
        let others = found.filter { $0.subject == finding.subject && $0.check != finding.check }
        #expect(
          others.isEmpty || causes[finding.id] != nil,
          "\(test.name): \(finding.check) and \(others.map(\.check)) about \(finding.subject)"
        )
      }
    }
  }
}
