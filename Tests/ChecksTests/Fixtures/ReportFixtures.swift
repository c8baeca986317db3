import Inspection
import KubernetesObjects
import ObjectBuilders

/// Reports of policy engines and scanners.
extension CheckFixture {
  private static func mention(_ kind: ObjectKind, _ name: String, in namespace: String)
    -> ObjectMention
  {
    var mention = ObjectMention()
    (mention.kind, mention.name, mention.namespace) = (kind, name, namespace)
    return mention
  }

  private static func result(
    _ outcome: ReportResult.Outcome? = .fail,
    about resources: [ObjectMention] = [mention(Pod.kind, "cart-1", in: "shop")]
  ) -> ReportResult {
    var result = ReportResult()
    (result.policy, result.rule, result.outcome) = ("require-labels", "app", outcome)
    result.message = "label app\nis missing"
    result.resources = resources
    return result
  }

  private static func report(
    _ results: [ReportResult],
    source: String = "kyverno",
    scope: ObjectMention = ObjectMention()
  ) -> PolicyReport {
    var report = PolicyReport(metadata: .sample("all", namespace: "shop"))
    (report.source, report.scope, report.results) = (source, scope, results)
    return report
  }

  private static let pod = Pod.sample("cart-1")

  static let riskReports: [CheckID: CheckFixture] = [
    "risk/reported": CheckFixture(
      firesAbout: "shop/cart-1",
      in: [pod, report([result()])],
      silent: [
        "nothing is wrong": [pod, report([])],
        "it is about what is gone since": [report([result()])],
        "KPatrol wrote it itself": [pod, report([result()], source: "kpatrol")],
      ]
    )
  ]
}
